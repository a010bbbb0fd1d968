import GatewayTesting
import Testing
import Workbench

@Suite("Samples through a mapping")
struct SampleTestTests {
  private static let partner = """
    { "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["Ma"],
      "additionalProperties": false, "properties": {
      "Ma": { "type": "string", "pattern": "^H[0-9]{2,4}$" }, "Ten": { "type": "string", "pattern": "^[a-z]{5}$" },
      "NoiBo": { "type": "string", "pattern": "^[a-z]{3}$" } } }
    """
  private static let target = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="d"><xs:complexType><xs:sequence>
    <xs:element name="code"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="5"/></xs:restriction>
    </xs:simpleType></xs:element><xs:element name="name" type="xs:string" minOccurs="0"/>
    </xs:sequence></xs:complexType></xs:element></xs:schema>
    """
  private static let ignored = "ignore: [ { from: NoiBo, reason: only for their officers } ]"
  private let bench = TestBench()

  /// A workbench whose mapping there, and back if there is one, have these rows.
  private func report(_ rows: String, back: String? = nil, samples: Int = 20, seed: UInt64 = 7) throws
    -> SampleTestReport
  {
    bench.write(Self.partner, "Schemas/a/1/a.json")
    bench.write(Self.target, "Schemas/b/1/b.xsd")
    bench.write(mapping: rows, version: 1)
    if let back {
      bench.write(
        """
        mapping: b--a
        version: 1
        source: { schema: b/1/b.xsd, format: xml }
        target: { schema: a/1/a.json, format: json }
        rows:
        \(back)
        """, "Mappings/b--a/1/mapping.yaml")
    }
    let workbench = try bench.open()
    return try workbench.test(try workbench.mapping("a--b"), samples: samples, seed: seed, isRoundTrip: back != nil)
  }

  private static let good = """
      - { to: code, from: Ma }
      - { to: name, from: Ten }
    \(ignored)
    """
  private static let goodBack = """
      - { to: Ma, from: code }
      - { to: Ten, from: name }
    """

  @Test("a mapping whose outputs are valid passes, there and back, and the same seed gives the same report")
  func good() throws {
    let report = try report(Self.good, back: Self.goodBack)
    #expect(report.isPassed, "\(report.failures)")
    #expect(report.samples == 20 && report.translated == 20 && report.returned == 20)
    #expect(report.opposite == "b--a/1")
  }

  @Test("an output that breaks the target's schema fails, named with sample, path and rule, and how to repeat it")
  func invalid() throws {
    let first = try report("  - { to: code, from: \"concat(Ma, 'x')\" }\n\(Self.ignored)")
    #expect(!first.failures.isEmpty && first.failures.count < 20)
    let failure = try #require(first.failures.first)
    #expect(failure.kind == .invalidTarget && failure.path == "/d/code" && failure.rule.contains("maxLength"))
    #expect(
      first.repetition(of: failure)?.hasPrefix("lienthong map sample a--b/1 --seed 7 --number \(failure.sample) |")
        == true)
    #expect(try report("  - { to: code, from: \"concat(Ma, 'x')\" }\n\(Self.ignored)").failures == first.failures)
  }

  @Test("what is held or refused is counted by its reason and is no failure")
  func stopped() throws {
    let held = try report("  - { to: code, from: Ma, codes: { in: st } }\n\(Self.ignored)")
    #expect(held.isPassed && held.translated == 0 && held.stopped == ["held st": 20])
    let refused = try report("  - { to: code, from: Ma }\n  - { to: name, from: Ten, required: true }\n\(Self.ignored)")
    let count = try #require(refused.stopped["refused mapping.required"])
    #expect(refused.isPassed && refused.translated + count == 20 && refused.translated > 0)
  }

  @Test("a text that changes on the way back, or that comes from nowhere, fails the round trip")
  func changed() throws {
    let swapped = try report(
      Self.good, back: "  - { to: Ma, from: \"concat('H', code)\" }\n  - { to: Ten, from: name }")
    #expect(swapped.failures.count == 20)
    #expect(swapped.failures.allSatisfy { $0.kind == .roundTrip && $0.path == "/Ma" && $0.rule == "changed" })
    let invented = try report(Self.good, back: Self.goodBack + "\n  - { to: NoiBo, value: abc }")
    #expect(!invented.failures.isEmpty)
    #expect(invented.failures.allSatisfy { $0.path == "/NoiBo" })
  }

  @Test("what a loss report explains on either way is no failure; what no mapping says is")
  func explained() throws {
    let cut = try report(
      "  - { to: code, from: Ma }\n  - { to: name, from: Ten, cut: 2 }\n\(Self.ignored)", back: Self.goodBack)
    #expect(cut.isPassed, "\(cut.failures)")
    let ignoredOnReturn = try report(
      Self.good, back: "  - { to: Ma, from: code }\nignore: [ { from: name, reason: not wanted back } ]")
    #expect(ignoredOnReturn.isPassed, "\(ignoredOnReturn.failures)")
    let broken = try report(
      Self.good, back: "  - { to: Ma, from: code }\n  - { to: Ten, from: \"substring(name, 2)\" }")
    #expect(!broken.isPassed && broken.failures.allSatisfy { $0.path == "/Ten" })
  }
}
