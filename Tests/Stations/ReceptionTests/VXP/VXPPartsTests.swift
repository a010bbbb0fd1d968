import CryptographyKit
import DossierModel
import JSONKit
import ServiceKit
import Testing

@testable import Reception

@Suite("Parts of the VXP door")
struct VXPPartsTests {
  private static let padded = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  private static let unpadded = "ba7816bf8f1cfea414140de5dae2223b0361a396177a9cb410ff61f2015ad"

  @Test(
    "the hash of a file is right in both spellings; the two bytes behind it are no part of it",
    arguments: [padded, unpadded])
  func hash(hash: String) {
    let abc = Array("abc".utf8)
    #expect(VXPFile.unpadded(SHA256.hash(abc)) == Self.unpadded)
    #expect(VXPFile.document(in: Array("abc\r\n".utf8), hash: hash) == abc)
    #expect(VXPFile.document(in: abc, hash: hash.uppercased()) == abc, "whoever adds nothing sends it as it is")
    #expect(VXPFile.document(in: Array("abc\n".utf8), hash: hash) == nil)
    #expect(VXPFile.document(in: Array("abd\r\n".utf8), hash: hash) == nil)
    #expect(VXPFile.document(in: Array("abc\r\n".utf8), hash: "") == nil)
    #expect(VXPFile.document(in: [], hash: hash) == nil)
  }

  @Test("a file that ends in CR LF itself arrives with two of them and keeps its own")
  func ownLineEnd() {
    let file = Array("abc\r\n".utf8)
    let hash = VXPFile.unpadded(SHA256.hash(file))
    #expect(VXPFile.document(in: file + [0x0D, 0x0A], hash: hash) == file)
    #expect(VXPFile.document(in: file, hash: hash) == file)
  }

  @Test("ids of documents are read as they are written, and in no other form")
  func identifiers() throws {
    let message = MessageID(UUIDv7Generator().next())
    for id in [VXPDocumentID.sent(message), .received(message, DeliveryID(7))] {
      #expect(VXPDocumentID(id.description) == id)
      #expect(id.description.utf8.allSatisfy { "0123456789abcdef-.".utf8.contains($0) })
    }
    for text in [
      "", "7", "\(message).", "\(message).0", "\(message).-1", "\(message).07", "\(message).1.2", "\(message).",
    ] {
      #expect(VXPDocumentID(text) == nil, "\(text)")
    }
  }

  @Test("days are read as programs write them")
  func days() throws {
    let day = try Timestamp(rfc3339: "2026-11-20T00:00:00+07:00")
    for text in ["2026/11/20", "2026-11-20", "20/11/2026", "2026/11/20 14:05:09", "2026-11-20T00:00:00Z"] {
      #expect(VXPDates.day(text) == day, "\(text)")
    }
    for text in [
      "", "2026", "2026/13/20", "2026/02/31", "26/11/20", "2026/11", "hôm nay", "2026/1x/20", "//", "+2026/1/1",
    ] {
      #expect(VXPDates.day(text) == nil, "\(text)")
    }
    #expect(VXPDates.text(try Timestamp(rfc3339: "2026-01-02T20:05:09Z")) == "2026/01/03 03:05:09")
  }

  @Test("JSON in ASCII means the same, beyond the basic plane too")
  func ascii() throws {
    let json = Array(#"{"a":"Đã nhận 𝄞 \"x\"","b":1}"#.utf8)
    let escaped = ASCIIJSON.escaped(json)
    #expect(escaped.allSatisfy { $0 < 0x80 })
    let root = try JSONDocument(parsing: escaped).root
    #expect(root["a"]?.string == "Đã nhận 𝄞 \"x\"" && root["b"]?.integer == 1)
    #expect(ASCIIJSON.escaped(Array("{}".utf8)) == Array("{}".utf8))
  }

  @Test("units are of the nearest agency above them that takes part; documents mean the agency itself")
  func agencies() {
    let agencies = VXPAgencies([
      Party(id: "tinh", name: "Tỉnh", agency: "H99"), Party(id: "so", name: "Sở", agency: "H99.14"),
      Party(id: "so-hai", name: "Sở", agency: "H99.14"), Party(id: "cong", name: "Cổng"),
    ])
    #expect(agencies.parties(of: "H99.14") == ["so", "so-hai"] && agencies.parties(of: "H99.14.5") == nil)
    #expect(agencies.parties(ofUnit: "H99.14.5.1") == ["so", "so-hai"])
    #expect(agencies.parties(ofUnit: "H99.7") == ["tinh"] && agencies.parties(ofUnit: "H9") == nil)
    #expect(agencies.addressable == ["tinh", "so", "so-hai"])
    #expect(agencies.code(of: "so") == "H99.14" && agencies.code(of: "cong") == "cong")
  }

  private func directory(_ files: [String: String]) throws -> VXPDirectory {
    try VXPDirectory(
      agencies: [VXPDirectory.Agency(code: "H99.20", name: "Xã An Thử")],
      files: try files.mapValues { try JSONDocument(parsing: $0).root })
  }

  private func text(_ directory: VXPDirectory, _ operation: VXPOperation, level: String? = nil) -> String {
    String(decoding: directory.list(operation, level: level), as: UTF8.self)
  }

  @Test("an agency list has every field that the client reads, none of them null")
  func complete() throws {
    let directory = try directory([
      "getAgenciesListQD20":
        #"[{"code":"H99.1","name":"A","level":1},{"code":"H99.1.2","name":"B","pid":"H99.1","level":"2"}]"#,
      "getSynchronizeUnit": #"[{"code":"H99.1","name":"Sở","version":3,"deleted":true,"isAgency":true}]"#,
    ])
    #expect(
      text(directory, .getAgenciesList)
        == #"[{"code":"H99.20","id":"H99.20","mail":"","name":"X\u00e3 An Th\u1eed","pid":"","oldCode":""}]"#)
    let first = #"{"code":"H99.1","id":"","mail":"","name":"A","pid":"","code102":""}"#
    let second = #"{"code":"H99.1.2","id":"","mail":"","name":"B","pid":"H99.1","code102":""}"#
    #expect(text(directory, .getAgenciesListQD20, level: "1") == "[\(first)]")
    #expect(text(directory, .getAgenciesListQD20, level: "3") == "[]")
    #expect(text(directory, .getAgenciesListQD20) == "[\(first),\(second)]")
    #expect(
      text(directory, .getSynchronizeUnit)
        == #"[{"code":"H99.1","id":"","mail":"","name":"S\u1edf","pid":"","version":3,"centerCode":"","#
        + #""deleted":true,"modifyDate":"","isAgency":true}]"#)
  }

  @Test(
    "an entry that the client would stumble over is refused with its place",
    arguments: [
      ("{}", 1, 1), ("[1]", 1, 2), ("[{\"code\":\"a\"}]", 1, 2), ("[{\"code\":\"a\",\"name\":\"\"}]", 1, 2),
      ("[{\"code\":\"a\",\"name\":\"b\",\n\"mail\":null}]", 2, 8),
      ("[{\"code\":\"a\",\"name\":\"b\",\n\"ten\":\"c\"}]", 2, 1),
    ])
  func wrongEntry(text: String, line: Int, column: Int) throws {
    let fault = try #require(throws: VXPDirectory.Fault.self) { try directory(["getAgenciesList": text]) }
    #expect(fault.line == line && fault.column == column && fault.list == "getAgenciesList", "\(fault)")
  }
}
