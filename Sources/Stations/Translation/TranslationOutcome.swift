package import DocumentKit

/// What became of a document that was translated.
package enum TranslationOutcome {
  /// The target document and what was changed on the way without being asked for by its sender.
  case translated(DocumentTree, TranslationReport)
  /// A code has no row; the document waits until an operator has added one.
  case held(HeldReason)
  /// The document breaks a rule of the mapping; its sender must correct it.
  case refused([Finding])
}
