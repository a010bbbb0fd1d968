import Testing
import Workbench

@Suite("What a mapping declares not to come back")
struct DeclaredLossTests {
  private static let partner = """
    { "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["Ma"],
      "additionalProperties": false, "properties": {
      "Ma": { "type": "string", "pattern": "^H[0-9]{2,4}$" }, "Ten": { "type": "string", "pattern": "^[a-z]{5}$" },
      "Ngay": { "type": "string", "pattern": "^2026-0[1-9]-1[0-9]T0[0-9]:00:00(\\\\.000)?$" } } }
    """
  private static let target = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="d"><xs:complexType><xs:sequence>
    <xs:element name="code" type="xs:string"/><xs:element name="name" type="xs:string" minOccurs="0"/>
    <xs:element name="day" type="xs:dateTime" minOccurs="0"/>
    </xs:sequence></xs:complexType></xs:element></xs:schema>
    """
  private static let there = """
      - { to: code, from: Ma }
      - { to: name, from: Ten }
      - { to: day, from: Ngay, time: { in: iso, out: iso } }
    """
  private let bench = TestBench()

  private func report(
    partner: String = Self.partner, there: String = Self.there, back: String, declared: String? = nil,
  ) throws -> SampleTestReport {
    bench.write(partner, "Schemas/a/1/a.json")
    bench.write(Self.target, "Schemas/b/1/b.xsd")
    bench.write(mapping: there, version: 1)
    bench.write(
      """
      mapping: b--a
      version: 1
      source: { schema: b/1/b.xsd, format: xml }
      target: { schema: a/1/a.json, format: json }
      rows:
      \(back)
      """, "Mappings/b--a/1/mapping.yaml")
    if let declared { bench.write(declared, "Mappings/a--b/1/round-trip.yaml") }
    let workbench = try bench.open()
    return try workbench.test(try workbench.mapping("a--b"), samples: 10, seed: 1, isRoundTrip: true)
  }

  private static let same = """
      - { to: Ma, from: code }
      - { to: Ten, from: name }
      - { to: Ngay, from: day, time: { in: iso, out: "yyyy-MM-ddTHH:mm:ss" } }
    """

  @Test("a moment that comes back in another spelling is the same; one that is another is not")
  func moments() throws {
    let spelt = try report(back: Self.same)
    #expect(spelt.isPassed && spelt.returned == 10, "\(spelt.failures)")
    let moved = try report(
      back: Self.same.replacing("from: day", with: "from: \"concat('2025', substring(day, 5))\""))
    #expect(!moved.isPassed && moved.failures.allSatisfy { $0.path == "/Ngay" && $0.rule == "changed" })
  }

  @Test("a file that is kept on the way back and named since is the same; another file is not")
  func files() throws {
    let partner = Self.partner.replacing(
      ", \"pattern\": \"^[a-z]{5}$\"", with: ", \"pattern\": \"^([A-Za-z0-9+/]{4}){1,6}$\"")
    let there = Self.there.replacing("from: Ten }", with: "from: Ten, file: inline }")
    let kept = Self.same.replacing("from: name }", with: "from: name, file: claim }")
    let same = try report(partner: partner, there: there, back: kept)
    #expect(same.isPassed && same.returned == 10, "\(same.failures)")
    let other = try report(
      partner: partner, there: there,
      back: kept.replacing("from: name,", with: "from: \"concat(substring(name, 1, 0), 'QUJD')\","))
    #expect(!other.isPassed && other.failures.contains { $0.path == "/Ten" && $0.rule == "changed" })
  }

  @Test("a difference that is declared is counted and no failure, and no other is excused with it")
  func declared() throws {
    let invented = Self.same.replacing("- { to: Ten, from: name }", with: "- { to: Ten, value: abcde }")
    let losses = "losses:\n  - { path: Ten, difference: added, reason: their form wants a name }\n"
    let report = try report(back: invented, declared: losses)
    #expect(report.isPassed, "\(report.failures)")
    #expect(report.declared.map(\.loss.reason) == ["their form wants a name"])
    #expect(report.declared.allSatisfy { $0.differences > 0 })
    let twice = invented.replacing("from: code", with: "from: \"concat(code, '1')\"")
    let half = try self.report(back: twice, declared: losses)
    #expect(!half.isPassed && half.failures.allSatisfy { $0.kind == .roundTrip && $0.path == "/Ma" })
  }

  @Test("a declared loss that no sample shows is a failure of its own, at its place in the file")
  func unfounded() throws {
    let report = try report(
      back: Self.same, declared: "losses:\n  - { path: Ma, difference: changed, reason: for no reason }\n")
    let failure = try #require(report.failures.first)
    #expect(report.failures.count == 1 && failure.kind == .unfounded && failure.path == "Ma" && failure.sample == 0)
    #expect(failure.message.contains("round-trip.yaml:2:5"))
    #expect(report.repetition(of: failure) == nil)
  }

  @Test(
    "a file that declares something else than a place, a difference and a reason is refused with its place",
    arguments: [
      ("losses:\n  - { path: Ma, difference: lost, reason: x }\n", ":2:29"),
      ("losses:\n  - { path: Ma, difference: added }\n", ":2:5"),
      ("losses:\n  - { path: Ma, difference: added, reason: \"\" }\n", ":2:44"),
      ("loses: []\n", ":1:1"),
    ])
  func mistakes(text: String, place: String) throws {
    #expect {
      try report(back: Self.same, declared: text)
    } throws: { error in
      (error as? WorkbenchError)?.message.contains("round-trip.yaml" + place) ?? false
    }
  }
}
