import Testing

@testable import SFTPKit

@Suite("What a server tells of a folder")
struct SFTPListingTests {
  private func files(_ names: [String], _ lines: [String]) -> [String]? {
    SFTPListing(
      names: Array(names.map { $0 + "\n" }.joined().utf8), lines: Array(lines.map { $0 + "\n" }.joined().utf8))?.files
  }

  @Test("files are what a line says is one: no folder, no link, nothing that the lines do not speak of")
  func kinds() {
    let lines = [
      "drwxr-xr-x    3 root     root         4096 Nov 21 20:54 .", "drwxr-xr-x 3 a b 4096 Nov 21 20:54 sub",
      "-rw-r--r--    1 root     Domain Users    2 Nov 21 20:54 b.xml", "prw-r--r-- 1 a b 0 Jan  2  2025 pipe",
      "lrwxrwxrwx    1 root     root           11 Nov 21 20:54 link.xml -> /etc/passwd",
      "-rw-r--r--    1 root     root            2 Nov 21 20:54 a.xml", "-rw-r--r-- 1 a b 2 Nov 21 20:54 tên có dấu.xml",
    ]
    let names = [".", "..", "sub", "b.xml", "pipe", "link.xml", "a.xml", "tên có dấu.xml", "moi.xml"]
    #expect(files(names, lines) == ["a.xml", "b.xml", "tên có dấu.xml"])
    #expect(files([], []) == [])
  }

  @Test("a name that ends as another does cannot pass a link off as a file")
  func disguises() {
    let file = "-rw-r--r-- 1 a b 2 Nov 21 20:54 "
    let link = "lrwxrwxrwx 1 a b 2 Nov 21 20:54 "
    #expect(files(["b.xml", "a b.xml"], [file + "a b.xml", link + "b.xml -> /etc/passwd"]) == ["a b.xml"])
    // The line of a file ends in the name of a link that is not told of.
    #expect(files(["b.xml", "a b.xml"], [file + "a b.xml"]) == ["a b.xml"])
    #expect(files(["x -> y", "y"], [link + "x -> y -> z", file + "y"]) == ["y"])
    #expect(files(["x", "y.xml"], [link + "x -> y.xml", file + "y.xml"]) == [])
  }

  @Test("lines in another form are refused, and not taken for an empty folder")
  func otherForm() {
    #expect(files(["a.xml"], ["11-21-26  08:54PM                 2 a.xml"]) == nil)
  }
}
