import DocumentKit
package import Translation

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
    let root = sourceRoot(of: mapping)
    var maker = try maker(for: mapping, seed: seed, root: root)
    var report = SampleTestReport(mapping: mapping, root: root, seed: seed, opposite: opposite?.label)
    for number in stride(from: 1, through: count, by: 1) {
      let document = try Self.next(&maker, for: mapping)
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

  private func maker(for mapping: Mapping, seed: UInt64, root: String?) throws(WorkbenchError) -> SampleMaker {
    do throws(SampleError) {
      var maker = try SampleMaker(contentsOf: "\(schemasFolder)/\(mapping.source.schema)", root: root, seed: seed)
      maker.isIndented = false
      return maker
    } catch {
      throw WorkbenchError(.schema, "\(mapping.source.schema) has no samples: \(error.description)")
    }
  }

  private static func next(_ maker: inout SampleMaker, for mapping: Mapping) throws(WorkbenchError) -> SourceDocument {
    let sample: Sample
    do throws(SampleError) {
      sample = try maker.next()
    } catch {
      throw WorkbenchError(.schema, "\(mapping.source.schema) has no such sample: \(error.description)")
    }
    return try SourceDocument(sample.bytes, as: mapping.source.format, named: sample.name)
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
