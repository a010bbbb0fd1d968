package import DocumentKit
package import XMLKit

/// What a stylesheet made of a document that somebody changed to see what depends on it.
///
/// Nothing stops it: a text that cannot be converted passes, with a stamp behind every mark (`StylesheetMark`).
package struct StylesheetTrial {
  /// Nil when the stylesheet ended without one.
  package let output: DocumentTree?
  /// The texts that were to be converted, in order; stamps count them from 0.
  package let calls: [StylesheetCall]
  /// What a translation would have been held or refused for, as tables and rules.
  package let stops: Set<String>
}

extension StylesheetMapping {
  /// Tries a document, marked or not.
  package func trial(_ document: XMLDocument) -> StylesheetTrial {
    let run = StylesheetRun(label: "\(name)/\(version)", file: file, limits: .standard, purpose: .trial)
    let result = try? run.transform(document, stylesheet)
    let output = result.flatMap { try? target.format == .json ? DocumentTree(typing: $0) : DocumentTree(xml: $0) }
    let said = run.findings
    return StylesheetTrial(
      output: output, calls: said.calls, stops: Set(said.findings.map(\.rule) + said.unmapped.map(\.table)))
  }
}
