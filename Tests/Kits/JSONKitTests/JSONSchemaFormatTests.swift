import Testing

@testable import JSONKit

@Suite("Formats of JSON Schema")
struct JSONSchemaFormatTests {
  private func accepts(_ format: JSONSchemaFormat, _ text: String) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer { format.accepts($0) }
  }

  static let valid: [JSONSchemaFormat: [String]] = [
    .dateTime: [
      "2025-09-19T08:30:00+07:00", "2025-09-19t08:30:00.123456789z", "1998-12-31T23:59:60Z",
      "1998-12-31T15:59:60.123-08:00",
      "1999-01-01T06:59:60+07:00",
    ],
    .date: ["2025-09-19", "2024-02-29", "2000-02-29", "0000-01-01"],
    .time: ["08:30:06Z", "23:59:60Z", "00:29:60+00:30", "23:29:60-00:30", "12:00:00.5+07:00"],
    .email: [
      "a@b", "nguyen.van-a+x@example.vn", "\"a b\"@example.vn", "a@[127.0.0.1]", "a@[IPv6:::1]", "~@example.vn",
    ],
    .uri: [
      "http://foo.bar/?baz=qux#quux", "urn:oasis:names:tc", "http://[2001:db8::7]/c=GB?one", "mailto:a@b.vn",
      "tel:+84-28", "a:",
      "http://u:p@h:80/", "http://foo.bar/?q=Test%20URL", "file:///a",
    ],
    .uriReference: ["", "/abc", "//h/p?q#f", "#frag", "../a/b", "abc", "a/b:c", "http://h"],
    .uuid: ["2EB8AA08-aa98-11ea-B4AA-73B441D16380", "00000000-0000-0000-0000-000000000000"],
    .ipv4: ["192.168.0.1", "0.0.0.0", "255.255.255.255"],
    .ipv6: ["::", "::1", "12:34::56", "1:2:3:4:5:6:7:8", "::ffff:192.168.0.1", "fe80::a:b"],
    .hostname: ["example.vn", "xn--4gbwdl.xn--wgbh1c", "a", "1host", "a-b.c"],
    .jsonPointer: ["", "/foo/bar~0/baz~1/%a", "/", "/ "],
    .regex: ["^a+$", "", "[0-9]{2}"],
  ]

  static let invalid: [JSONSchemaFormat: [String]] = [
    .dateTime: [
      "", "2025-09-19", "2025-09-19T08:30:00", "2025-09-19 08:30:00Z", "2025-13-01T00:00:00Z", "2025-09-19T24:00:00Z",
      "1998-12-31T23:58:60Z", "1998-12-31T22:59:60Z", "2025-09-19T08:30:00+0700", "2025-09-19T08:30:00.Z",
      "2025-09-1९T08:30:00Z",
      "2025-09-19T08:30:00+24:00", "2025-09-19T08:30:61Z",
    ],
    .date: [
      "", "2025-9-19", "2025-02-29", "1900-02-29", "2025-04-31", "2025-00-10", "2025-01-00", "20250919", "2025-09-19 ",
    ],
    .time: [
      "", "08:30", "08:30:06", "24:00:00Z", "12:60:00Z", "12:00:60Z", "12:00:00z7", "08:30:06 PST", "0８:30:06Z",
      "1:00:00Z",
    ],
    .email: [
      "", "a", "a@", "@b", ".a@b", "a.@b", "a..b@c", "a b@c", "a@b..c", "a@-b", "a@[1.2.3]", "a@[IPv6:zz]", "\"a\"b@c",
      "\"a@b", "ễ@b",
    ],
    .uri: [
      "", "//h/p", "/abc", "http:// x", "http://a b", "\\\\x", ":// x", "1a:b", "http://h/%zz", "http://[::1",
      "http://[x]/", "http://h:8a/",
      "http://h/ế", "a:b[", "http://h/<>", "http://h/{}",
    ],
    .uriReference: ["a b", "\\", "1:b", "#a#b", "%", "%4", "//[", "^"],
    .uuid: [
      "", "2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
      "2eb8aa08-aa98-11ea-b4aa-73b441d1638g",
    ],
    .ipv4: [
      "", "1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4.5", "0x7f.1.1.1", "1.2.3.4/24", "1.2.3.4\0", "１.2.3.4", " 1.2.3.4",
    ],
    .ipv6: [
      "", ":", "12345::", "1::2::3", "1:2:3:4:5:6:7", "fe80::a%eth1", "::1/64", "::1\0", ":2:3:4:5:6:7:8", "1.2.3.4",
    ],
    .hostname: ["", ".", "a.", ".a", "-a", "a-", "a_b", "a..b", "ả.vn", String(repeating: "a", count: 64)],
    .jsonPointer: ["a", "#/a", "/~", "/~2", "0"],
    .regex: ["(", "a{", "\\Z", "[b-a]"],
  ]

  @Test("Texts of the format are accepted", arguments: JSONSchemaFormat.allCases)
  func accepted(format: JSONSchemaFormat) throws {
    for text in try #require(Self.valid[format]) { #expect(accepts(format, text), "\(format): \(text)") }
  }

  @Test("Other texts are not", arguments: JSONSchemaFormat.allCases)
  func refused(format: JSONSchemaFormat) throws {
    for text in try #require(Self.invalid[format]) { #expect(!accepts(format, text), "\(format): \(text)") }
  }

  @Test("A format is checked only where it is asked for, and only on strings")
  func optIn() throws {
    let document = try JSONDocument(parsing: #"{"format":"date"}"#)
    let bad = try JSONDocument(parsing: #""x""#).root
    #expect(try JSONSchema(document).accepts(bad))
    #expect(try JSONSchema(document, options: JSONSchemaOptions(formats: [.time])).accepts(bad))
    let asked = try JSONSchema(document, options: JSONSchemaOptions(formats: [.date]))
    #expect(!asked.accepts(bad))
    #expect(asked.accepts(try JSONDocument(parsing: "1").root))
  }
}
