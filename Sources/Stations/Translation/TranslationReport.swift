package import DocumentKit
package import DossierFiles

/// What a translation did beyond copying and converting: texts it cut and defaults it put in.
package struct TranslationReport: Sendable, Equatable {
  package struct Note: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
      /// The text was longer than the target takes; the rest is lost.
      case cut(characters: Int)
      /// The source was empty and the row's default was written.
      case defaulted
      /// The code had no row and the table's default was written.
      case codeSubstituted(table: String)
    }

    package let kind: Kind
    /// The place of the row in its mapping.
    package let row: YAMLPosition
    /// What the row writes, such as `owner/name`.
    package let target: String
    /// Where in the source: a JSON Pointer or an XPath.
    package let sourcePath: String
  }

  /// The first ones, up to `TranslationLimits.reportNotes`.
  package private(set) var notes: [Note] = []
  /// How many notes were not kept.
  package private(set) var notesDropped = 0

  /// The files that the document names, or whose bytes it holds.
  package private(set) var files: Set<FileReference> = []

  package init() {}

  /// The digests of the files, in order.
  var digests: [String] { files.isEmpty ? [] : files.map(\.sha256).sorted() }

  mutating func name(_ file: FileReference) { files.insert(file) }

  /// Whether a further note is kept; one that is not is counted here.
  mutating func takesNote(limit: Int) -> Bool {
    if notes.count < limit { return true }
    notesDropped += 1
    return false
  }

  mutating func add(_ note: Note) {
    notes.append(note)
  }
}
