import JSONKit
import Testing
import Workbench

@Suite("Samples that a mapping can read")
struct MappingSamplesTests {
  private static let source = """
    { "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {
      "Ma": { "type": "string" }, "Loai": { "type": "string" }, "Ngay": { "type": "string" },
      "Co": { "type": "string" }, "So": { "type": "string" }, "Ben": { "type": "string" }, "Cap": { "type": "string" },
      "Nguoi": { "type": "array", "items": { "type": "object", "properties": {
        "Vai": { "type": "string" }, "Ten": { "type": "string" } } } } } }
    """
  private static let inner = """
    { "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {
      "Ky": { "type": "string" } } }
    """
  private static let target = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="d"><xs:complexType><xs:sequence>
    <xs:element name="code"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="H[0-9]{3}"/>
    </xs:restriction></xs:simpleType></xs:element>
    <xs:element name="kind" type="xs:string"/><xs:element name="at" type="xs:dateTime"/>
    <xs:element name="flag" type="xs:boolean"/><xs:element name="count" type="xs:integer"/>
    <xs:element name="key" type="xs:string"/><xs:element name="mother" type="xs:string"/>
    <xs:element name="father" type="xs:string"/>
    </xs:sequence></xs:complexType></xs:element></xs:schema>
    """
  private static let rows = """
      - { to: code, from: Ma, required: true }
      - { to: kind, from: Loai, codes: { in: { table: dated, level: Cap, at: Ngay, atTime: dd/MM/yyyy } }, required: true }
      - { to: at, from: Ngay, time: { in: dd/MM/yyyy, out: iso }, required: true }
      - { to: flag, from: Co, boolean: { in: { true: có, false: không }, out: { true: "true", false: "false" } }, required: true }
      - { to: count, from: So, number: integer, required: true }
      - to: .
        parse: { from: Ben, format: json, schema: a/1/inner.json }
        required: true
        rows: [ { to: key, from: Ky, required: true } ]
      - { to: mother, from: "Nguoi[Vai = 'me']/Ten", required: true }
      - { to: father, from: "Nguoi[Vai = 'cha']/Ten", required: true }
    """
  private static let table = """
    codes: dated
    foreign: a
    canonical: b
    columns: { level: of whom }
    unmapped: hold
    rows:
      - { foreign: "x", level: xa, canonical: one, validUntil: 2026-06-30 }
      - { foreign: "x", level: xa, canonical: two, validFrom: 2026-07-01 }
      - { foreign: "y", level: tinh, canonical: three }
    """
  private let bench = TestBench()

  private func workbench(rows: String = Self.rows) throws -> Workbench {
    bench.write(Self.source, "Schemas/a/1/a.json")
    bench.write(Self.inner, "Schemas/a/1/inner.json")
    bench.write(Self.target, "Schemas/b/1/b.xsd")
    bench.write(Self.table, "Mappings/codes/dated.yaml")
    bench.write(mapping: rows, version: 1)
    return try bench.open()
  }

  @Test("codes of a dated table, times, words, numbers, inner documents and sought members all reach the other side")
  func reach() throws {
    let workbench = try workbench()
    let report = try workbench.test(try workbench.mapping("a--b"), samples: 50, seed: 3)
    // Every fifth sample is made without asking the mapping, and every fifth stands at a limit, which may be a lack.
    #expect(report.translated >= 25, "\(report.stopped)")
    // Texts that only the source's schema has said anything about are no codes of the target.
    #expect(!report.failures.isEmpty && report.failures.allSatisfy { $0.path == "/d/code" })
    let filled = Set(report.failures.map(\.sample)).filter { $0 % 5 == 1 || $0 % 5 == 3 }
    #expect(filled == [], "a filled sample has texts that the target takes")
  }

  @Test("the pattern of a row is a wish, too, and what it lets through the target takes")
  func pattern() throws {
    let workbench = try workbench(
      rows: Self.rows.replacing("from: Ma,", with: "from: Ma, pattern: '^H[0-9]{3}$',"))
    let report = try workbench.test(try workbench.mapping("a--b"), samples: 50, seed: 3)
    #expect(report.isPassed && report.translated >= 25, "\(report.stopped) \(report.failures)")
  }

  @Test("the same seed and number make the same sample, whichever were made before")
  func repeatable() throws {
    let workbench = try workbench()
    var all = try workbench.samples(of: try workbench.mapping("a--b"), seed: 5)
    var one = try workbench.samples(of: try workbench.mapping("a--b"), seed: 5)
    for number in 1...10 {
      let sample = try all.sample(number)
      if number == 9 { #expect(try one.sample(9) == sample) }
    }
  }
}
