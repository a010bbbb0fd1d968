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

  @Test("what is ignored with a predicate may be read where the predicate does not hold")
  func ignoredInPart() throws {
    let rows = ["{ to: code, from: ma }", "{ to: note, from: \"dsTep[ma = 'a'][1]/ten\" }"]
    let rest = CheckBench.leaves.filter { !["ma", "dsTep/ten"].contains($0) && $0 != "dsTep/ma" }
    let ignore = (rest + ["\"dsTep[ma != 'a']/ten\""]).map { "{ from: \($0), reason: r }" }
    let report = try CheckBench().report(rows: rows, ignore: ignore)
    #expect(report.findings(from: .error).map(\.description) == [])
  }

  @Test(
    "a source leaf that is neither read nor ignored is what the policy says: an error unless told otherwise",
    arguments: [
      ("", CheckFinding.Level.error), ("policy: { unread: error }", .error), ("policy: { unread: warn }", .warning),
      ("policy: { unread: ignore }", nil),
    ] as [(String, CheckFinding.Level?)])
  func policy(header: String, level: CheckFinding.Level?) throws {
    let rest = CheckBench.leaves.filter { !["ma", "ten"].contains($0) }.map { "{ from: \($0), reason: r }" }
    let report = try CheckBench().report(rows: ["{ to: code, from: ma }"], header: header + "\n", ignore: rest)
    let unread = report.findings.filter { $0.rule == .unreadSource }
    #expect(unread.map(\.level) == (level.map { [$0] } ?? []) && unread.allSatisfy { $0.path == "ten" })
    #expect(report.count(.error) == (level == .error ? 1 : 0))
  }

  @Test("groups without an element write one place only if their conditions exclude each other", arguments: ["1", "2"])
  func groupsOfOnePlace(second: String) throws {
    let inner = CheckBench.leaves.filter { $0 != "ma" }.map { "{ from: \($0), reason: r }" }.joined(separator: ", ")
    let parse = "parse: { from: ghiChu, format: json, schema: s/1/s.schema.json, ignore: [\(inner)] }"
    let groups = ["1", second].map { kind in
      "{ to: ., when: \"loai = '\(kind)'\", \(parse), rows: [{ to: unit/code, from: ma }] }"
    }
    let rest = CheckBench.leaves.filter { !["ma", "loai", "ghiChu"].contains($0) }
    let ignore = rest.map { "{ from: \($0), reason: r }" }
    let report = try CheckBench().report(rows: ["{ to: code, from: ma }"] + groups, ignore: ignore)
    #expect(report.findings(from: .error).map(\.rule) == (second == "1" ? [.writtenTwice] : []))
  }

  @Test("every rule but those about files has its case in the table")
  func completeness() {
    let elsewhere: Set<CheckRule> = [.compile, .schema, .unfedOptional, .notProved, .jsonTypeClash]
    #expect(Set(CheckRule.allCases).subtracting(BrokenMapping.all.map(\.rule)) == elsewhere)
  }
}
