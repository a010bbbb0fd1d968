import Dictionaries
import DocumentKit
import ServiceKit
import Testing
import Translation

@Suite("A code table with a dictionary")
struct TableDictionaryTests {
  private static let name = DictionaryName("nguon/co-quan")!
  private let day = CivilDay("2026-11-21")!

  private static func table(side: String = "canonical", without: String = "warn", unmapped: String = "hold") -> String {
    """
    codes: units
    foreign: units of a partner
    canonical: agencies
    dictionary: { name: nguon/co-quan, side: \(side), without: \(without) }
    unmapped: \(unmapped)
    rows:
      - { foreign: "01", canonical: H1 }
      - { foreign: "02", canonical: H2 }
    """
  }

  private func view(_ codes: [ListedCode]) throws -> DictionaryView {
    let edition = try #require(
      DictionaryEdition(Self.name, number: 3, fetched: .epoch, codes: codes.map { DictionaryCode($0) }))
    return DictionaryView(DictionaryShelf([edition]), on: day)
  }

  private let known = [
    ListedCode(code: "H1", name: "Một"), ListedCode(code: "H2", name: "Hai", until: CivilDay("2025-06-30")),
  ]

  private func outcome(
    _ code: String, _ view: DictionaryView?, table: String = table(), direction: String = "in",
    rows: String = "  - { to: agency, from: ma, codes: { in: units } }"
  ) throws -> TranslationOutcome {
    let mapping = try Workbench.mapping(
      direction == "in" ? rows : "  - { to: agency, from: ma, codes: { out: units } }", tables: [table])
    return try mapping.translate(
      Workbench.json("{\"ma\": \"\(code)\", \"luc\": \"2025-06-30T10:00:00+07:00\"}"), dictionaries: view)
  }

  private func text(_ outcome: TranslationOutcome) throws -> String? {
    guard case .translated(let tree, _, _) = outcome else { return nil }
    return try Workbench.text(tree)
  }

  @Test("a row answers while its code is valid on the day, and afterwards is as no row, told with the reason")
  func validity() throws {
    let view = try self.view(known)
    #expect(try text(outcome("01", view)) == "<dossier><agency>H1</agency></dossier>")
    guard case .held(let reason) = try outcome("02", view) else { return #expect(Bool(false), "an ended code passed") }
    #expect(reason.codes.first?.complaint?.standing == .ended(CivilDay("2025-06-30")!))
    #expect(reason.messageEnglish.contains("‘H2’ ended on 2025-06-30") && reason.messageEnglish.contains("edition 3"))
    #expect(reason.messageVietnamese.contains("hết hiệu lực"))
  }

  @Test("`unmapped` decides about a code that is not valid: held, refused or replaced")
  func policies() throws {
    let view = try self.view(known)
    guard case .refused(let findings) = try outcome("02", view, table: Self.table(unmapped: "reject")) else {
      return #expect(Bool(false), "it was not refused")
    }
    #expect(findings.map(\.rule) == ["mapping.dictionary"] && findings[0].messageEnglish.contains("ended"))
    let standIn = Self.table(unmapped: "{ default: H9, reason: thử }")
    #expect(try text(outcome("02", view, table: standIn)) == "<dossier><agency>H9</agency></dossier>")
  }

  @Test("either side may be the one that is looked up, in either direction")
  func sides() throws {
    let foreign = try view([ListedCode(code: "01", name: "a")])
    let table = Self.table(side: "foreign")
    #expect(try text(outcome("01", foreign, table: table)) != nil)
    #expect(try text(outcome("02", foreign, table: table)) == nil)
    #expect(
      try text(outcome("H1", foreign, table: table, direction: "out")) == "<dossier><agency>01</agency></dossier>")
    #expect(try text(outcome("H2", foreign, table: table, direction: "out")) == nil)
    #expect(try text(outcome("H2", try view(known), direction: "out")) == nil)
  }

  @Test("in a dated table the day of `at` decides, elsewhere the day of the message")
  func dated() throws {
    let dated = Self.table().replacing(
      "canonical: H2 }", with: "canonical: H2, validFrom: 2020-01-01 }")
    let rows = "  - { to: agency, from: ma, codes: { in: { table: units, at: luc } } }"
    let view = try self.view(known)
    #expect(try text(outcome("02", view, table: dated, rows: rows)) == "<dossier><agency>H2</agency></dossier>")
    #expect(try text(outcome("02", view)) == nil)
  }

  @Test(
    "without an edition the table says whether a code passes; without a site none is checked, and the report says so")
  func absence() throws {
    let empty = DictionaryView(DictionaryShelf(), on: day)
    guard case .translated(_, let report, _) = try outcome("02", empty) else {
      return #expect(Bool(false), "`without: warn` held it")
    }
    #expect(report.notes.map(\.kind) == [.codeUnchecked(dictionary: "nguon/co-quan")])
    #expect(
      report.summary(of: "a--b/1") == "a--b/1 did not check 1 value(s): agency (line 6) no edition of nguon/co-quan")
    guard case .held = try outcome("02", empty, table: Self.table(without: "refuse")) else {
      return #expect(Bool(false), "`without: refuse` let it pass")
    }
    guard case .translated(_, let alone, _) = try outcome("02", nil, table: Self.table(without: "refuse")) else {
      return #expect(Bool(false), "a tool without a site checks nothing")
    }
    #expect(alone.notes.count == 1)
  }

  @Test("what a table says wrong about its dictionary is told with its place")
  func mistakes() {
    func mistakes(_ dictionary: String) -> String {
      let text = Self.table().replacing("{ name: nguon/co-quan, side: canonical, without: warn }", with: dictionary)
      return Workbench.mistakes("  - { to: a, from: b }", tables: [text]).joined()
    }
    #expect(mistakes("{ name: nguon/co-quan, side: canonical, without: warn }") == "")
    for wrong in [
      "{ name: co-quan, side: canonical, without: warn }", "{ name: a/b, side: left, without: warn }",
      "{ name: a/b, side: canonical }", "{ name: a/b, without: warn }", "{ name: a/b, side: foreign, without: pass }",
    ] {
      #expect(mistakes(wrong).contains(":4:"), "\(wrong): \(mistakes(wrong))")
    }
  }
}
