import DocumentKit
package import Translation
import XMLKit

extension Workbench {
  /// Sends seeded samples of the mapping's source schema through it and validates what it makes of them.
  ///
  /// A sample that is held or refused is counted by its reason; that is no failure, since what a schema allows may be
  /// more than an agency knows codes for. With `isRoundTrip` the mapping of the opposite direction, if there is one, makes
  /// a source of the output again.
  package func test(
    _ mapping: Mapping, samples count: Int, seed: UInt64, isRoundTrip: Bool = false,
  ) throws(WorkbenchError) -> SampleTestReport {
    let opposite = isRoundTrip ? opposite(of: mapping) : nil
    var samples = try samples(of: mapping, seed: seed)
    var report = SampleTestReport(mapping: mapping, seed: seed, opposite: opposite?.label)
    for number in stride(from: 1, through: count, by: 1) {
      let sample = try samples.sample(number)
      let document = try SourceDocument(sample.bytes, as: mapping.source.format, named: sample.name)
      report.samples += 1
      do throws(WorkbenchError) {
        try test(mapping, opposite, document, number, &report)
      } catch {
        report.failures.append(
          .init(kind: .unusable, sample: number, path: "", rule: error.code.rawValue, message: error.message))
      }
    }
    return report
  }

  private func test(
    _ mapping: Mapping, _ opposite: Mapping?, _ document: SourceDocument, _ number: Int,
    _ report: inout SampleTestReport,
  ) throws(WorkbenchError) {
    let run = try run(mapping, document)
    guard case .translated(let output) = run.result else {
      for cause in run.stopCauses { report.stopped[cause, default: 0] += 1 }
      return
    }
    report.translated += 1
    report.failures += output.findings.map {
      .init(kind: .invalidTarget, sample: number, path: $0.path, rule: $0.rule, message: $0.messageEnglish)
    }
    guard let opposite, output.findings.isEmpty else { return }
    let trip = try RoundTrip(mapping, opposite, document, in: self)
    for cause in trip.stopCauses { report.stoppedOnReturn[cause, default: 0] += 1 }
    guard trip.stopCauses.isEmpty else { return }
    report.returned += 1
    report.failures += trip.unexplained.map {
      .init(kind: .roundTrip, sample: number, path: $0.path, rule: $0.kind.rawValue, message: $0.text)
    }
  }

  /// Samples of the mapping's source that it can read; what a stylesheet can read only its examples say.
  package func samples(of mapping: Mapping, seed: UInt64) throws(WorkbenchError) -> MappingSamples {
    let root = sourceRoot(of: mapping)
    do {
      var maker = try SampleMaker(contentsOf: "\(schemasFolder)/\(mapping.source.schema)", root: root, seed: seed)
      maker.isIndented = false
      let examples = try examples(of: mapping, .example).map { try document(of: $0, for: mapping).textsByPath }
      var expectations = SourceExpectations(of: examples)
      if let definition = mapping.definition {
        expectations = try ExpectationReader.expectations(
          of: definition, root: maker.shape[maker.root].name, codes: registry.codes, shelf: shelf)
      }
      return MappingSamples(maker: maker, expectations: expectations, examples: examples, folder: schemasFolder)
    } catch {
      throw WorkbenchError(.schema, "\(mapping.source.schema) has no samples: \(error)")
    }
  }

  /// The root with which the documents of a mapping begin.
  private func sourceRoot(of mapping: Mapping) -> String? {
    MappingChecker(codes: registry.codes, shelf: shelf).check(mapping).sourceRoot
  }

  /// The latest mapping that reads what this one writes and writes what it reads; both must be tables, which alone can
  /// tell what they lose.
  package func opposite(of mapping: Mapping) -> Mapping? {
    guard mapping.definition != nil, let middle = mapping.name.firstRange(of: "--") else { return nil }
    let name = mapping.name[middle.upperBound...] + "--" + mapping.name[..<middle.lowerBound]
    guard let other = registry.latest(named: String(name)), other.definition != nil,
      other.source.schema == mapping.target.schema, other.target.schema == mapping.source.schema
    else { return nil }
    return other
  }
}

extension MappingRun {
  /// `held TABLE` or `refused RULE`, each once; none if there is an output.
  var stopCauses: Set<String> {
    switch result {
    case .translated: []
    case .held(let reason): Set(reason.causes.map { "held \($0)" })
    case .refused(let findings): Set(findings.map { "refused \($0.rule)" })
    }
  }
}

extension SourceDocument {
  /// The text of every leaf, by the names on the way to it.
  fileprivate var textsByPath: [String: [String]] {
    Dictionary(grouping: tree.root.leaves) { $0.steps.joined(separator: "/") }.mapValues { $0.map(\.text) }
  }
}
