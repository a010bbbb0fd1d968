import DossierModel
import DossierStore
import ServiceKit
import Testing

@testable import Delivery

@Suite("Which files of a folder are whole")
struct FolderLookTests {
  private let t0 = Timestamp(seconds: 1_790_000_000)

  private func folder(_ readiness: PartnerFolder.Readiness, size: Int = 1_000) -> PartnerFolder {
    PartnerFolder(
      path: TextTemplate(literal: "/ra"), names: [], readiness: readiness, taken: nil,
      refused: TextTemplate(literal: "/hong"), sizeLimit: size, filesLimit: 10, isNamedByContent: false)
  }

  private func file(_ name: String, size: Int = 5, modified: Int = 100, usable: Bool = true) -> FoundItem {
    FoundItem(
      item: PollItem(poll: PollID("so", "nhan"), name: name, bytes: []),
      fields: ["name": name, "size": "\(size)", "modified": "\(modified)", "usable": "\(usable)"])
  }

  @Test("one that is renamed is whole at once; the oldest comes first, and by name those of one second")
  func renamed() {
    var look = FolderLook()
    let found = [file("a", modified: 300), file("c", modified: 200), file("b", modified: 200)]
    let ready = look.ready(found, in: folder(.renamed), at: t0)
    #expect(ready.items.map(\.item.name) == ["b", "c", "a"] && ready.again == nil)
  }

  @Test("one that has to stay unchanged is whole when size and time are the same for the whole time, and not before")
  func unchanged() {
    let folder = folder(.unchanged(.seconds(10)))
    var look = FolderLook()
    func names(_ found: [FoundItem], after seconds: Int) -> (names: [String], again: Duration?) {
      let ready = look.ready(found, in: folder, at: t0 + .seconds(seconds))
      return (ready.items.map(\.item.name), ready.again)
    }
    #expect(names([file("a")], after: 0) == ([], .seconds(10)))
    #expect(names([file("a"), file("b")], after: 9) == ([], .seconds(1)))
    #expect(names([file("a"), file("b", size: 6)], after: 10) == (["a"], .seconds(10)))
    #expect(names([file("b", size: 6, modified: 101)], after: 20) == ([], .seconds(10)))
    // It was gone in between: another file of that name is a new one.
    #expect(names([], after: 25) == ([], nil))
    #expect(names([file("b", size: 6, modified: 101)], after: 40) == ([], .seconds(10)))
    #expect(names([file("b", size: 6, modified: 101)], after: 50) == (["b"], nil))
  }

  @Test("a clock that is set back makes nothing whole")
  func clock() {
    var look = FolderLook()
    let folder = folder(.unchanged(.seconds(10)))
    _ = look.ready([file("a")], in: folder, at: t0)
    #expect(look.ready([file("a")], in: folder, at: t0 - .seconds(3_600)).items.isEmpty)
    #expect(look.ready([file("a")], in: folder, at: t0 - .seconds(3_590)).items.count == 1)
  }

  @Test("one at the limit of size is taken, one larger is to be kept, and a name that cannot be used as well")
  func faults() {
    var look = FolderLook()
    let found = [file("a", size: 1_000), file("b", size: 1_001), file("c d", usable: false)]
    let items = look.ready(found, in: folder(.renamed), at: t0).items
    #expect(items.map { $0.fault != nil } == [false, true, true])
    #expect(items.map(\.isOutOfReach) == [false, false, true])
  }

  @Test("a pattern means names from end to end, and none that begins with a dot")
  func patterns() throws {
    for (text, good, bad) in [
      ("*.xml", ["a.xml", "a.b.xml"], ["a.xml.part", ".a.xml", "a.XML", "xml", ""]),
      ("ho-so_*", ["ho-so_", "ho-so_1.json"], ["ho-so", "xho-so_1"]), ("*", ["a", "a.b"], [".a", ""]),
      ("a*b*c", ["abc", "axbxc", "abbcc"], ["ab", "acb", "abcd"]), ("a.xml", ["a.xml"], ["a_xml", "aa.xml", "a.xmll"]),
      ("aa*a", ["aaa", "aaxa"], ["aa", "a"]),
    ] {
      let pattern = try #require(FileNamePattern(text))
      for name in good { #expect(pattern.matches(name), "\(text) \(name)") }
      for name in bad { #expect(!pattern.matches(name), "\(text) \(name)") }
    }
    for text in ["", "a/b", "..", "a b", "[ab]", "?.xml", "đ*", ".", "\"", "a\n"] {
      #expect(FileNamePattern(text) == nil, "\(text)")
    }
  }
}
