import DocumentKit
import FileKit
package import Translation

extension Workbench {
  /// Runs every example and every refusal beside a mapping.
  ///
  /// With `updatingGoldens`, goldens that differ are written anew instead of failing; what the schemas find still fails.
  package func test(_ mapping: Mapping, updatingGoldens: Bool = false) -> [ExampleResult] {
    examples(of: mapping, .example).map { test($0, of: mapping, updating: updatingGoldens) }
      + examples(of: mapping, .refusal).map { testRefusal($0, of: mapping) }
  }

  /// Runs one example.
  package func test(_ example: MappingExample, of mapping: Mapping, updating: Bool = false) -> ExampleResult {
    var failures: [ExampleResult.Failure] = []
    var isUpdated = false
    do throws(WorkbenchError) {
      let run = try run(mapping, try document(of: example, for: mapping))
      if !run.sourceFindings.isEmpty { failures.append(.invalidSource(run.sourceFindings)) }
      guard case .translated(let output) = run.result else {
        failures.append(.otherOutcome(expected: "a document", found: run.summary))
        return ExampleResult(example: example, failures: failures, isUpdated: false)
      }
      if let failure = try compare(output, with: example, mapping.target.format) {
        if updating {
          try Self.write(try output.tree.readable(), to: example.expectationPath)
          isUpdated = true
        } else {
          failures.append(failure)
        }
      }
      if !output.findings.isEmpty { failures.append(.invalidTarget(output.findings)) }
    } catch {
      failures.append(.unusable(error.message))
    }
    return ExampleResult(example: example, failures: failures, isUpdated: isUpdated)
  }

  private func compare(
    _ output: MappingRun.Output, with example: MappingExample, _ format: DocumentTree.Format,
  ) throws(WorkbenchError) -> ExampleResult.Failure? {
    guard FileContent.exists(example.expectationPath) else { return .missing(example.expectationPath) }
    let golden = try SourceDocument(
      try Self.read(example.expectationPath), as: format, named: example.expectationPath)
    // The output is compared as a reader gets it, so that what was built and what is sent cannot differ unseen.
    let sent = try SourceDocument(output.bytes, as: format, named: "the output")
    let differences = DocumentComparison.differences(golden.tree, sent.tree)
    return differences.isEmpty ? nil : .different(differences)
  }

  /// Runs one document that must be held or refused.
  package func testRefusal(_ example: MappingExample, of mapping: Mapping) -> ExampleResult {
    var failures: [ExampleResult.Failure] = []
    do throws(WorkbenchError) {
      let run = try run(mapping, try document(of: example, for: mapping))
      if !run.sourceFindings.isEmpty { failures.append(.invalidSource(run.sourceFindings)) }
      let text = String(decoding: try Self.read(example.expectationPath), as: UTF8.self)
      let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
      if !run.fulfils(words) {
        failures.append(.otherOutcome(expected: words.joined(separator: " "), found: run.summary))
      }
    } catch {
      failures.append(.unusable(error.message))
    }
    return ExampleResult(example: example, failures: failures, isUpdated: false)
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(WorkbenchError) {
    do throws(FileError) {
      try FileContent.write(bytes, to: path)
    } catch {
      throw WorkbenchError(.file, error.description)
    }
  }
}

extension MappingRun {
  /// `translated`, `held TABLE …` or `refused` with the reasons, for reports.
  package var summary: String {
    switch result {
    case .translated: "translated"
    case .held(let reason): reason.summary
    case .refused(let findings): findings.summary
    }
  }

  /// Whether the outcome is the expected one: `held TABLE …` with exactly these tables, or `refused ROW`, the row being
  /// named by its `to` in one of the findings. A finding that names no row is asked for by its rule: `refused RULE`.
  fileprivate func fulfils(_ words: [String]) -> Bool {
    switch result {
    case .translated: return false
    case .held(let reason):
      return words.first == "held" && Set(words.dropFirst()) == reason.causes
    case .refused(let findings):
      guard words.count == 2, words[0] == "refused" else { return false }
      return findings.contains { $0.messageEnglish.contains("‘\(words[1])’") || $0.rule == words[1] }
    }
  }
}
