package import DocumentKit

/// What became of a document that was translated.
package enum TranslationOutcome {
  /// The target document, what was changed on the way without being asked for by its sender, and the documents inside
  /// strings that were read or written.
  case translated(DocumentTree, TranslationReport, NestedDocuments)
  /// A code has no row; the document waits until an operator has added one.
  case held(HeldReason)
  /// The document breaks a rule of the mapping; its sender must correct it.
  case refused([Finding])
}
