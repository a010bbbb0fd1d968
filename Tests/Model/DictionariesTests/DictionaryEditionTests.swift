import Dictionaries
import ServiceKit
import Testing

@Suite("An edition of a dictionary")
struct DictionaryEditionTests {
  static let name = DictionaryName("dvcqg-a/co-quan")!
  /// 2026-11-21T02:00:00+07:00.
  static let t0 = Timestamp(seconds: 1_795_201_200)

  static func edition(_ codes: [ListedCode], after: DictionaryEdition? = nil, at moment: Timestamp = t0)
    -> DictionaryEdition?
  {
    guard case .edition(let edition) = DictionaryEdition.next(after: after, of: name, listed: codes, at: moment) else {
      return nil
    }
    return edition
  }

  static func codes(_ range: Range<Int>) -> [ListedCode] {
    range.map { ListedCode(code: "H\($0)", name: "Cơ quan \($0)") }
  }

  @Test("is numbered from one and says nothing changed when it is the first")
  func first() throws {
    let edition = try #require(Self.edition(Self.codes(1..<4)))
    #expect(edition.number == 1)
    #expect(edition.changes.isEmpty)
    #expect(edition.day == CivilDay("2026-11-21"))
    #expect(edition.standing(of: "H2", on: edition.day) == .valid)
    #expect(edition.standing(of: "H9", on: edition.day) == .unknown)
  }

  @Test("does not come of a list that says what is known, in whatever order")
  func unchanged() throws {
    let first = try #require(Self.edition(Self.codes(1..<6)))
    guard
      case .unchanged = DictionaryEdition.next(
        after: first, of: Self.name, listed: Self.codes(1..<6).reversed(), at: Self.t0 + .seconds(86_400))
    else { return #expect(Bool(false), "the same list made an edition") }
  }

  @Test("ends a code that vanished by the day it vanished and never loses it; one that comes back is valid again")
  func vanishing() throws {
    let first = try #require(Self.edition(Self.codes(1..<6)))
    let later = Self.t0 + .seconds(10 * 86_400)
    let second = try #require(Self.edition(Self.codes(1..<5), after: first, at: later))
    let gone = try #require(second["H5"])
    #expect(second.changes.ended == ["H5"])
    #expect(gone.vanished == CivilDay("2026-12-01"))
    #expect(second.standing(of: "H5", on: CivilDay("2026-12-01")!) == .valid)
    #expect(second.standing(of: "H5", on: CivilDay("2026-12-02")!) == .ended(CivilDay("2026-12-01")!))
    let third = try #require(
      Self.edition(
        Self.codes(1..<5) + [ListedCode(code: "H9", name: "Mới")], after: second, at: later + .seconds(86_400)))
    #expect(third["H5"]?.vanished == CivilDay("2026-12-01"), "it ended when it vanished, not when it was missed again")
    #expect(third.changes.added == ["H9"] && third.changes.ended.isEmpty)
    let fourth = try #require(
      Self.edition(
        Self.codes(1..<6) + [ListedCode(code: "H9", name: "Mới")], after: third, at: later + .seconds(2 * 86_400)))
    #expect(fourth.changes.returned == ["H5"])
    #expect(fourth.standing(of: "H5", on: CivilDay("2027-01-01")!) == .valid)
  }

  @Test("tells renamed codes with the name before, and codes of another parent")
  func renaming() throws {
    let first = try #require(Self.edition(Self.codes(1..<6)))
    var listed = Self.codes(1..<6)
    listed[0].name = "Tên mới"
    listed[1].parent = "H1"
    let second = try #require(Self.edition(listed, after: first))
    #expect(second.changes.renamed == [.init(code: "H1", before: "Cơ quan 1")])
    #expect(second.changes.moved == ["H2"])
    #expect(second.changes.summary == "1 renamed, 1 moved")
  }

  @Test("holds a code to the partner's own first and last day, both included")
  func validity() throws {
    let listed = ListedCode(
      code: "H21", name: "Gia Lai", from: CivilDay("2025-07-01"), until: CivilDay("2026-06-30"))
    let edition = try #require(Self.edition([listed]))
    #expect(edition.standing(of: "H21", on: CivilDay("2025-06-30")!) == .begins(CivilDay("2025-07-01")!))
    #expect(edition.standing(of: "H21", on: CivilDay("2025-07-01")!) == .valid)
    #expect(edition.standing(of: "H21", on: CivilDay("2026-06-30")!) == .valid)
    #expect(edition.standing(of: "H21", on: CivilDay("2026-07-01")!) == .ended(CivilDay("2026-06-30")!))
  }

  @Test("is never made of an empty list, nor of one from which more is missing than may vanish; at the limit it is")
  func shrinking() throws {
    let first = try #require(Self.edition(Self.codes(0..<100)))
    func next(_ count: Int, isMeant: Bool = false) -> DictionaryEdition.Succession {
      DictionaryEdition.next(
        after: first, of: Self.name, listed: Self.codes(0..<count), at: Self.t0, isShrinkingMeant: isMeant)
    }
    guard case .edition(let atLimit) = next(80) else { return #expect(Bool(false), "twenty of a hundred may vanish") }
    #expect(atLimit.changes.ended.count == 20)
    guard case .refused(let reason) = next(79) else { return #expect(Bool(false), "twenty-one may not vanish") }
    #expect(reason.contains("21 of 100") && reason.contains("--even-if-shrunken"))
    guard case .edition = next(79, isMeant: true) else { return #expect(Bool(false), "an operator has the last word") }
    guard case .refused = next(0, isMeant: true) else { return #expect(Bool(false), "an empty list is no list") }
    // Others in the place of those that are gone do not make it better.
    guard
      case .refused = DictionaryEdition.next(
        after: first, of: Self.name, listed: Self.codes(100..<300), at: Self.t0)
    else { return #expect(Bool(false), "a list of something else was taken") }
  }

  @Test("lets one of a few codes vanish, and never all of them")
  func shrinkingOfFew() throws {
    let first = try #require(Self.edition(Self.codes(0..<2)))
    #expect(Self.edition(Self.codes(0..<1), after: first) != nil)
    #expect(DictionaryLimits.standard.vanishing(of: 0) == 0)
    #expect(DictionaryLimits.standard.vanishing(of: 6) == 2)
  }

  @Test("has so many codes as the limit says, and not one more")
  func limit() {
    var limits = DictionaryLimits()
    limits.codes = 5
    func next(_ count: Int) -> DictionaryEdition.Succession {
      DictionaryEdition.next(after: nil, of: Self.name, listed: Self.codes(0..<count), at: Self.t0, limits: limits)
    }
    guard case .edition = next(5) else { return #expect(Bool(false), "the limit is allowed") }
    guard case .refused = next(6) else { return #expect(Bool(false), "one more is not") }
  }

  @Test("takes a code that is listed twice alike, and refuses one that means two things")
  func twice() throws {
    let same = Self.codes(1..<3) + Self.codes(1..<2)
    #expect(try #require(Self.edition(same)).codes.count == 2)
    guard
      case .refused(let reason) = DictionaryEdition.next(
        after: nil, of: Self.name, listed: Self.codes(1..<3) + [ListedCode(code: "H1", name: "Khác")], at: Self.t0)
    else { return #expect(Bool(false), "a code with two names was taken") }
    #expect(reason.contains("H1"))
  }
}
