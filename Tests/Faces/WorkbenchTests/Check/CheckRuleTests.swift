import DocumentKit
import GatewayTesting
import Testing
import Workbench

@Suite("Checking a mapping")
struct CheckRuleTests {
  @Test("each rule names its mistake at its place", arguments: BrokenMapping.all)
  func broken(case sample: BrokenMapping) throws {
    let bench = CheckBench()
    let report = try bench.report(rows: sample.broken, codes: sample.codes, ignore: sample.ignore)
    let found = report.findings.filter { $0.rule == sample.rule && $0.level == sample.level }
    let file = sample.isInTable ? "codes/kind.yaml" : "s--t/1/mapping.yaml"
    let here = found.filter {
      $0.position.description == "\(bench.folder.path)/Mappings/\(file):\(sample.place)"
    }
    let isNamed = here.contains { finding in sample.says.allSatisfy(finding.description.contains) }
    #expect(isNamed, "\(report.findings(from: .warning).map(\.description).joined(separator: "\n"))")
  }

  @Test("the mapping without the mistake has no finding", arguments: BrokenMapping.all)
  func clean(case sample: BrokenMapping) throws {
    let codes = sample.isInTable ? sample.codes : CheckBench.kindCodes
    let report = try CheckBench().report(rows: sample.clean, codes: codes)
    #expect(report.findings(from: .warning).map(\.description) == [])
  }

  @Test("every rule but those about files has its case in the table")
  func completeness() {
    let elsewhere: Set<CheckRule> = [.compile, .schema, .unfedOptional, .notProved, .jsonTypeClash]
    #expect(Set(CheckRule.allCases).subtracting(BrokenMapping.all.map(\.rule)) == elsewhere)
  }
}
