import DocumentKit
package import Translation

extension Workbench {
  /// Checks every version of every mapping of the folder, in the order of their names.
  package func checkAll() -> [CheckReport] {
    check(registry.mappings.map { ($0.label, $0.definition) })
  }

  package func check(_ mapping: Mapping) -> CheckReport {
    check([(mapping.label, mapping.definition)]).first
      ?? CheckReport(label: mapping.label, findings: [])
  }

  /// Checks a mapping that may stand outside the folder, with the folder's code tables.
  package func check(_ definition: MappingDefinition) -> CheckReport {
    let label = "\(definition.name)/\(definition.version)"
    return check([(label, definition)]).first ?? CheckReport(label: label, findings: [])
  }

  /// The rows and schemas alone; what other mappings have to do with its code tables is left out.
  package func checkAlone(_ definition: MappingDefinition) -> [CheckFinding] {
    MappingChecker(codes: registry.codes, shelf: shelf).check(definition).findings
  }

  /// The rows of a code table are held against all mappings of the folder that use it.
  private func check(_ wanted: [(label: String, definition: MappingDefinition?)]) -> [CheckReport] {
    let checker = MappingChecker(codes: registry.codes, shelf: shelf)
    let results = wanted.map { label, definition in
      if let definition { return checker.check(definition) }
      let mapping = registry.mappings.first { $0.label == label }
      return mapping.map { checker.checkStylesheet($0, in: mappingsFolder) } ?? MappingChecker.Result()
    }
    let labels = Set(wanted.map(\.label))
    let others = registry.mappings.filter { !labels.contains($0.label) }.flatMap {
      checker.check($0).codeUses
    }
    let unreachable = UnreachableCodes(results.flatMap(\.codeUses) + others, of: registry.codes)
    return zip(wanted, results).map { wanted, result in
      let tables = Set(result.codeUses.map(\.table)).sorted()
      let findings =
        result.findings + tables.flatMap { unreachable.findings[$0] ?? [] }
        + tables.compactMap { registry.codes[$0] }.flatMap { CodeGaps(of: $0).findings }
      return CheckReport(label: wanted.label, findings: findings.sorted(by: CheckFinding.isBefore))
    }
  }
}

extension CheckFinding {
  fileprivate static func isBefore(_ left: CheckFinding, _ right: CheckFinding) -> Bool {
    left.position == right.position
      ? (left.rule.rawValue, left.message.english) < (right.rule.rawValue, right.message.english)
      : left.position < right.position
  }
}
