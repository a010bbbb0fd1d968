package import DocumentKit
package import Translation

/// What became of one document that was run through a mapping.
package struct MappingRun {
  package enum Result {
    case translated(Output)
    case held(HeldReason)
    case refused([Finding])
  }

  /// The document written, with what its own schema says of it.
  package struct Output {
    package let tree: DocumentTree
    package let bytes: [UInt8]
    package let report: TranslationReport
    /// What the target's schema says of it, and those of the documents inside its strings.
    package let findings: [Finding]
  }

  /// What the source's schema says of the document, and those of documents inside its strings say of these; it is translated all the same, so that both are seen at once.
  package let sourceFindings: [Finding]
  package let result: Result

  /// Nothing was found wrong, on either side.
  package var isClean: Bool {
    guard case .translated(let output) = result else { return false }
    return sourceFindings.isEmpty && output.findings.isEmpty
  }
}
