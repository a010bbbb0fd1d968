import DocumentKit
import Testing
import Translation

@Suite("Code tables")
struct CodeTableTests {
  private static func table(_ text: String) throws -> CodeTable {
    try CodeTable(YAMLDocument(parsing: text, file: "codes/t.yaml"))
  }

  private static func mistakes(_ text: String) -> [String] {
    do {
      _ = try table(text)
      return []
    } catch let errors as MappingErrors {
      return errors.errors.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }

  private static let head = "codes: t\nforeign: f\ncanonical: c\nunmapped: hold\nrows:\n"

  @Test("a row answers in its direction only")
  func directions() throws {
    let table = try Self.table(Workbench.statusTable)
    #expect(table.row(for: "2", .in)?.canonical == "accepted")
    #expect(table.row(for: "22", .in)?.canonical == "accepted")
    #expect(table.row(for: "accepted", .out)?.foreign == "2")
    #expect(table.row(for: "interoperating", .out) == nil)
    #expect(table.row(for: "9", .in) == nil)
    #expect(table.row(for: "archived", .out)?.foreign == "9")
    #expect(table.row(for: "", .in) == nil)
  }

  @Test("a code with two meanings is an error in the direction in which it has them")
  func ambiguous() {
    let inward = Self.mistakes(Self.head + "  - { foreign: 1, canonical: a }\n  - { foreign: 1, canonical: b }\n")
    #expect(
      inward == [
        "codes/t.yaml:7:5: the foreign code ‘1’ already has a meaning in line 6 "
          + "(write ‘direction: out’ in the row that must not answer in direction in)"
      ])
    let outward = Self.mistakes(Self.head + "  - { foreign: 1, canonical: a }\n  - { foreign: 2, canonical: a }\n")
    #expect(
      outward == [
        "codes/t.yaml:7:5: the canonical code ‘a’ already has a meaning in line 6 "
          + "(write ‘direction: in’ in the row that must not answer in direction out)"
      ])
    let resolved = Self.head + "  - { foreign: 1, canonical: a }\n  - { foreign: 2, canonical: a, direction: in }\n"
    #expect(Self.mistakes(resolved).isEmpty)
  }

  @Test("all mistakes of a table are reported at once, each with its place")
  func mistakes() {
    let text = """
      codes: t
      foreign: f
      unmaped: hold
      rows:
        - { foreign: 1 }
        - { foreign: "", canonical: a }
        - { foreign: 2, canonical: b, direction: inn }
        - { foreign: 3, canonical: c, meaning: d }
      """
    let mistakes = Self.mistakes(text)
    let places = mistakes.map { $0.prefix { $0 != " " } }
    #expect(
      places == [
        "codes/t.yaml:1:1:", "codes/t.yaml:1:1:", "codes/t.yaml:3:1:", "codes/t.yaml:5:5:", "codes/t.yaml:6:5:",
        "codes/t.yaml:7:44:", "codes/t.yaml:8:33:",
      ])
    #expect(mistakes.contains { $0.contains("did you mean ‘unmapped’?") })
  }

  @Test("a default serves direction in; the other direction holds unless it has a policy of its own")
  func policies() throws {
    let plain = try Self.table(
      "codes: t\nforeign: f\ncanonical: c\nunmapped: { default: other, reason: open list }\nrows: []\n")
    #expect(plain.unmapped(.in) == .substitute("other", reason: "open list"))
    #expect(plain.unmapped(.out) == .hold)
    let both = try Self.table(
      """
      codes: t
      foreign: f
      canonical: c
      unmapped: { in: reject, out: { default: "4", reason: the portal has one code for all else } }
      rows: []
      """)
    #expect(both.unmapped(.in) == .reject)
    #expect(both.unmapped(.out) == .substitute("4", reason: "the portal has one code for all else"))
    #expect(Self.mistakes("codes: t\nforeign: f\ncanonical: c\nunmapped: { default: x }\nrows: []").count == 1)
    #expect(Self.mistakes("codes: t\nforeign: f\ncanonical: c\nunmapped: ignore\nrows: []").count == 1)
  }

  @Test("two tables of one name are an error")
  func registry() throws {
    let table = try Self.table(Workbench.statusTable)
    #expect(throws: MappingErrors.self) { try CodeTableRegistry([table, table]) }
    #expect(try CodeTableRegistry([table]).names == ["status"])
  }

  @Test("a table at the limit of rows is taken, one row more is not")
  func limit() throws {
    var limits = TranslationLimits()
    limits.codeRows = 2
    let rows = (1...3).map { "  - { foreign: \($0), canonical: c\($0) }\n" }
    let atLimit = try YAMLDocument(parsing: Self.head + rows.prefix(2).joined(), file: "t.yaml")
    #expect(try CodeTable(atLimit, limits: limits).rows.count == 2)
    let beyond = try YAMLDocument(parsing: Self.head + rows.joined(), file: "t.yaml")
    let errors = try #require(throws: MappingErrors.self) { try CodeTable(beyond, limits: limits) }
    #expect(errors.errors.map(\.code) == [.limit])
  }
}
