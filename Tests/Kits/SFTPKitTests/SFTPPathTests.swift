import Testing

@testable import SFTPKit

@Suite("Paths and fingerprints of SFTP servers")
struct SFTPPathTests {
  @Test("a path has plain segments and leads nowhere else")
  func paths() {
    for good in ["/a", "/vao/ho-so/H99.20_1.xml", "/~/vao", "/..a", "/" + String(repeating: "a", count: 200)] {
      #expect(SFTPPath(good)?.description == good)
    }
    for bad in [
      "", "/", "a", "a/b", "/a/", "//a", "/a//b", "/..", "/a/../b", "/./a", "/~", "/a/~/b", "/a b", "/a\"", "/a\\b",
      "/a;b",
      "/a\n", "/a%2e", "/đ", "/a*", "/a?b", "/a#b", "/" + String(repeating: "a", count: 201),
      String(repeating: "/abcdefg", count: 129),
    ] { #expect(SFTPPath(bad) == nil, "\(bad)") }
    #expect(SFTPPath(String(repeating: "/abcdefg", count: 128)) != nil)
    #expect(SFTPPath("/a/b.xml")?.temporary?.description == "/a/.b.xml.part")
    #expect(SFTPPath("/" + String(repeating: "a", count: 194))?.temporary != nil)
    #expect(SFTPPath("/" + String(repeating: "a", count: 195))?.temporary == nil)
    #expect(SFTPPath.cleaned("../H 1/đ\u{0}") == ".._H_1____" && SFTPPath.cleaned("a.B-9_") == "a.B-9_")
  }

  @Test("a fingerprint is what ssh-keygen prints")
  func fingerprints() {
    let text = "SHA256:XzDH9Wl8OGwj1jE2/H/lOoq2oc1Mm7gGvwpWEonFt6Y"
    #expect(SFTPFingerprint(text)?.description == text)
    for bad in [
      "", "SHA256:", "MD5:00", String(text.dropLast()), text + "=", text + "A", String(text.dropFirst(7)), "*",
    ] {
      #expect(SFTPFingerprint(bad) == nil, "\(bad)")
    }
  }
}
