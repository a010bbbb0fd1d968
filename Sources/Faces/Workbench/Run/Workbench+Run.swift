import DocumentKit
package import Translation

extension Workbench {
  /// Runs a document through a mapping and both ends through their schemas.
  package func run(_ mapping: Mapping, _ document: SourceDocument) throws(WorkbenchError) -> MappingRun {
    var listener = SilentListener()
    return try run(mapping, document, listener: &listener)
  }

  /// The same while `listener` hears every step.
  package func run<Listener: TranslationListener>(
    _ mapping: Mapping, _ document: SourceDocument, listener: inout Listener,
  ) throws(WorkbenchError) -> MappingRun {
    let outcome = try mapping.outcome(of: document, listener: &listener)
    var sourceFindings = try schemas.findings(document.tree, document.bytes, against: mapping.source.schema)
    switch outcome {
    case .held(let reason): return MappingRun(sourceFindings: sourceFindings, result: .held(reason))
    case .refused(let findings): return MappingRun(sourceFindings: sourceFindings, result: .refused(findings))
    case .translated(let tree, let report, let nested):
      let bytes = try tree.compact()
      var findings = try schemas.findings(tree, bytes, against: mapping.target.schema)
      sourceFindings += try self.findings(of: nested.read)
      findings += try self.findings(of: nested.written)
      let output = MappingRun.Output(tree: tree, bytes: bytes, report: report, findings: findings)
      return MappingRun(sourceFindings: sourceFindings, result: .translated(output))
    }
  }

  private func findings(of nested: [NestedDocument]) throws(WorkbenchError) -> [Finding] {
    var findings: [Finding] = []
    for document in nested {
      let inner = try schemas.findings(document.tree, try document.tree.compact(), against: document.schema)
      findings += inner.map(document.finding)
    }
    return findings
  }
}

/// Stands for the site's public address where a mapping is tried out without a site.
private let exampleAddress = "https://lienthong.example.vn/v1/files/"

extension Mapping {
  /// The outcome, with what is not the document's fault as an error of the workbench.
  func outcome<Listener: TranslationListener>(
    of document: SourceDocument, listener: inout Listener,
  ) throws(WorkbenchError) -> TranslationOutcome {
    do throws(TranslationError) {
      return try translate(document.tree, files: MemoryFileDesk(publicAddress: exampleAddress), listener: &listener)
    } catch {
      throw WorkbenchError(error.code == .wrongFormat ? .document : .translation, error.description)
    }
  }
}
