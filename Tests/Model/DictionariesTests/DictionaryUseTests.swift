import Dictionaries
import ServiceKit
import Testing

@Suite("Looking a code up")
struct DictionaryUseTests {
  private let name = DictionaryEditionTests.name
  private let day = CivilDay("2026-11-21")!

  private func edition(_ codes: [ListedCode]) throws -> DictionaryEdition {
    try #require(DictionaryEditionTests.edition(codes))
  }

  @Test("passes or fails without an edition as the reference says")
  func absence() {
    let view = DictionaryView(DictionaryShelf(), on: day)
    #expect(view.verdict(on: "H1", by: DictionaryReference(name, without: .warn)) == .unchecked)
    guard case .invalid(let complaint) = view.verdict(on: "H1", by: DictionaryReference(name, without: .refuse)) else {
      return #expect(Bool(false), "it was let pass")
    }
    #expect(complaint.messageEnglish.contains("lienthong dictionary fetch"))
  }

  @Test("says in both languages why a code is not valid, by which edition, and shows nothing but codes")
  func complaints() throws {
    let shelf = DictionaryShelf([
      try edition([
        ListedCode(code: "H1", name: "Một"),
        ListedCode(code: "H2", name: "Hai", until: CivilDay("2026-06-30")),
      ])
    ])
    let view = DictionaryView(shelf, on: day)
    let reference = DictionaryReference(name, without: .refuse)
    func complaint(_ code: String) -> DictionaryComplaint? {
      if case .invalid(let complaint) = view.verdict(on: code, by: reference) { complaint } else { nil }
    }
    #expect(view.verdict(on: "H1", by: reference) == .valid)
    let ended = try #require(complaint("H2"))
    #expect(ended.messageEnglish.contains("‘H2’ ended on 2026-06-30") && ended.messageEnglish.contains("edition 1"))
    #expect(ended.messageVietnamese.contains("hết hiệu lực"))
    #expect(view.verdict(on: "H2", by: reference, day: CivilDay("2026-06-30")) == .valid)
    let personal = try #require(complaint("Nguyễn Văn An"))
    #expect(!personal.messageEnglish.contains("Nguyễn") && !personal.messageVietnamese.contains("Nguyễn"))
    #expect(ShownCode.text(of: String(repeating: "A", count: 32)) != nil)
    #expect(ShownCode.text(of: String(repeating: "A", count: 33)) == nil)
  }

  @Test("finds a later edition as soon as it is there, and never an earlier one again")
  func exchange() throws {
    let first = try edition(DictionaryEditionTests.codes(1..<6))
    let second = try #require(DictionaryEditionTests.edition(DictionaryEditionTests.codes(1..<7), after: first))
    let shelf = DictionaryShelf([first])
    let view = DictionaryView(shelf, on: day)
    let reference = DictionaryReference(name, without: .refuse)
    #expect(view.verdict(on: "H6", by: reference) != .valid)
    #expect(shelf.put(second))
    #expect(view.verdict(on: "H6", by: reference) == .valid)
    #expect(!shelf.put(first) && shelf[name]?.number == 2)
  }

  @Test("names are two parts that could be folders, and nothing that leads elsewhere")
  func names() {
    #expect(DictionaryName("dvcqg-a/co-quan")?.description == "dvcqg-a/co-quan")
    for wrong in ["", "a", "a/b/c", "../b", "a/.b", "a/", "/b", "a b/c", "a/\(String(repeating: "x", count: 65))"] {
      #expect(DictionaryName(wrong) == nil, "\(wrong)")
    }
    #expect(DictionaryName("a/\(String(repeating: "x", count: 64))") != nil)
  }
}
