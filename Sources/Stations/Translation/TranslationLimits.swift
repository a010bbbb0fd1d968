/// How much a mapping may hold and one translation may produce.
package struct TranslationLimits: Sendable {
  /// Rows of one mapping, groups and their rows counted alike.
  package var rows = 5_000
  /// Groups inside one another.
  package var groupDepth = 16
  /// Rows of one code table.
  package var codeRows = 50_000
  /// Elements and attributes one translation may write.
  package var outputNodes = 500_000
  /// Documents inside strings that one translation may read.
  package var nestedDocuments = 10_000
  /// Bytes of one file that a row claims or writes.
  package var fileBytes = 64 << 20
  /// Bytes of all files together that one document gets as base64. It lies in memory about six times while the document is
  /// made and stored: as bytes, as base64, in the tree, serialised, and in the store's commit. The standard is what fits
  /// into a message of 16 MiB.
  package var inlineBytes = 12 << 20
  /// Findings of one refused translation; the first ones are kept.
  package var findings = 100
  /// Cuts and defaults one report lists; further ones are only counted.
  package var reportNotes = 1_000

  package init() {}

  package static let standard = TranslationLimits()
}
