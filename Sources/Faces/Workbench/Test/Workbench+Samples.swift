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
    let way =
      isRoundTrip ? opposite(of: mapping).map { Way(there: mapping, back: $0, source: sourceTree(of: mapping)) } : nil
    var samples = try samples(of: mapping, seed: seed)
    var report = SampleTestReport(mapping: mapping, seed: seed, opposite: way?.back.label)
    if way != nil {
      let file = "\(mappingsFolder)/\(mapping.label)/round-trip.yaml"
      report.declared = try DeclaredLoss.read(file).map { ($0, 0) }
    }
    for number in stride(from: 1, through: count, by: 1) {
      let document = try Self.document(try samples.sample(number), for: mapping)
      report.samples += 1
      do throws(WorkbenchError) {
        try test(mapping, way, document, number, &report)
      } catch {
        report.failures.append(
          .init(kind: .unusable, sample: number, path: "", rule: error.code.rawValue, message: error.message))
      }
    }
    if let way { try findDeclared(way, &samples, after: count, &report) }
    return report
  }

  /// There and back, and what documents at the start may hold.
  private struct Way {
    let there: Mapping
    let back: Mapping
    let source: SchemaTree?
  }

  private func roundTrip(
    _ way: Way, _ document: SourceDocument, declared: [DeclaredLoss],
    concerning: (StructuralDifference) -> Bool = { _ in true },
  ) throws(WorkbenchError) -> RoundTrip {
    try RoundTrip(
      way.there, way.back, document, source: way.source, in: self, declared: declared, concerning: concerning)
  }

  /// Samples made for losses that are declared and were not seen yet.
  private static let furtherSamples = 200

  /// Goes on with samples until each declared loss is seen; one that is not is a failure.
  private func findDeclared(
    _ way: Way, _ samples: inout MappingSamples, after count: Int, _ report: inout SampleTestReport,
  ) throws(WorkbenchError) {
    for number in (count + 1)...(count + Self.furtherSamples)
    where report.declared.contains(where: { $0.differences == 0 }) {
      let document = try Self.document(try samples.sample(number), for: way.there)
      let open = report.declared.filter { $0.differences == 0 }.map(\.loss)
      let trip = try? roundTrip(way, document, declared: open) { difference in
        open.contains { $0.mayConcern(difference) }
      }
      guard let trip else { continue }
      _ = report.undeclared(trip.unexplained)
    }
    for (loss, differences) in report.declared where differences == 0 {
      report.failures.append(
        .init(
          kind: .unfounded, sample: 0, path: loss.path, rule: loss.kind.rawValue,
          message: "\(loss.position): no sample shows this loss; take the declaration out, or correct it"))
    }
  }

  private static func document(_ sample: Sample, for mapping: Mapping) throws(WorkbenchError) -> SourceDocument {
    try SourceDocument(sample.bytes, as: mapping.source.format, named: sample.name)
  }

  private func test(
    _ mapping: Mapping, _ way: Way?, _ document: SourceDocument, _ number: Int,
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
    guard let way, output.findings.isEmpty else { return }
    let trip = try roundTrip(way, document, declared: report.declared.map(\.loss))
    for cause in trip.stopCauses { report.stoppedOnReturn[cause, default: 0] += 1 }
    guard trip.stopCauses.isEmpty else { return }
    report.returned += 1
    report.failures += report.undeclared(trip.unexplained).map {
      .init(kind: .roundTrip, sample: number, path: $0.path, rule: $0.kind.rawValue, message: $0.text)
    }
  }

  /// Samples of the mapping's source that it can read; what a stylesheet can read only its examples say.
  package func samples(of mapping: Mapping, seed: UInt64) throws(WorkbenchError) -> MappingSamples {
    let root = sourceRoot(of: mapping)
    do {
      let maker = try SampleMaker(contentsOf: "\(schemasFolder)/\(mapping.source.schema)", root: root, seed: seed)
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

  /// The schema that the documents of a mapping obey, unfolded.
  private func sourceTree(of mapping: Mapping) -> SchemaTree? {
    guard let shape = try? shelf.shape(mapping.source.schema),
      let root = sourceRoot(of: mapping).flatMap({ shape.root(named: $0) }) ?? shape.roots.first
    else { return nil }
    return shelf.tree(of: shape, at: mapping.source.schema, from: root)
  }

  /// The latest mapping that reads what this one writes and writes what it reads.
  ///
  /// The schemas of an end need not be the same, but of one version of one tongue: what is read may be told more widely
  /// than what is written.
  package func opposite(of mapping: Mapping) -> Mapping? {
    guard let middle = mapping.name.firstRange(of: "--") else { return nil }
    let name = mapping.name[middle.upperBound...] + "--" + mapping.name[..<middle.lowerBound]
    guard let other = registry.latest(named: String(name)), Self.areOneTongue(other.source, mapping.target),
      Self.areOneTongue(mapping.source, other.target)
    else { return nil }
    return other
  }

  private static func areOneTongue(_ read: MappingDefinition.Source, _ written: MappingDefinition.Target) -> Bool {
    func tongue(_ schema: String) -> [Substring] { schema.split(separator: "/").dropLast() }
    return read.format == written.format && tongue(read.schema) == tongue(written.schema)
  }
}

extension SampleTestReport {
  /// The differences that nobody declared; those that somebody did are counted.
  fileprivate mutating func undeclared(_ differences: [StructuralDifference]) -> [StructuralDifference] {
    differences.filter { difference in
      // The declaration that says most precisely what it means is the one that counts.
      let covering = declared.indices.filter { declared[$0].loss.covers(difference) }
      guard let index = covering.max(by: { declared[$0].loss.path.count < declared[$1].loss.path.count }) else {
        return true
      }
      declared[index].differences += 1
      return false
    }
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
