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
      /// There was no edition of the table's dictionary to look into, and the code was taken as it is.
      case codeUnchecked(dictionary: String)
    }

    package let kind: Kind
    /// The place of the row in its mapping.
    package let row: YAMLPosition
    /// What the row writes, such as `owner/name`.
    package let target: String
    /// Where in the source: a JSON Pointer or an XPath.
    package let sourcePath: String
  }

  /// What one row changed, however often, without the paths in the document.
  package struct Change: Sendable, Equatable {
    /// Of a cut, with the characters of all of them.
    package fileprivate(set) var kind: Note.Kind
    package let row: YAMLPosition
    package let target: String
    package fileprivate(set) var count = 1
  }

  /// Every row that cut a text or put in a default, in the order in which they first did.
  package private(set) var changes: [Change] = []

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

  mutating func count(_ kind: Note.Kind, row: YAMLPosition, target: String) {
    guard let index = changes.firstIndex(where: { $0.row == row && $0.kind.isLike(kind) }) else {
      return changes.append(Change(kind: kind, row: row, target: target))
    }
    changes[index].count += 1
    if case .cut(let more) = kind, case .cut(let characters) = changes[index].kind {
      changes[index].kind = .cut(characters: characters + more)
    }
  }

  /// One line for a journal: how many values were cut, filled in or not checked, and by which rows; nil if none was. It names places
  /// of the mapping and holds nothing of the document.
  package func summary(of mapping: String) -> String? {
    let unchecked = changes.filter(\.kind.isUnchecked)
    let changed = changes.filter { !$0.kind.isUnchecked }
    let parts = [
      Self.summary(of: changed, "\(mapping) cut or filled in"), Self.summary(of: unchecked, "\(mapping) did not check"),
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private static func summary(of changes: [Change], _ opening: String) -> String? {
    guard !changes.isEmpty else { return nil }
    let places = changes.prefix(Self.placesInSummary).map { change in
      let place = change.target.isEmpty ? "" : "\(change.target) (line \(change.row.line)) "
      return place + change.kind.words + (change.count > 1 ? " \(change.count) times" : "")
    }
    let rest = changes.count - places.count
    return "\(opening) \(changes.reduce(0) { $0 + $1.count }) value(s): "
      + places.joined(separator: ", ") + (rest > 0 ? " and \(rest) more row(s)" : "")
  }

  /// The most rows that a summary names.
  package static let placesInSummary = 20

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

extension TranslationReport.Note.Kind {
  fileprivate func isLike(_ other: Self) -> Bool {
    if case .cut = self, case .cut = other { return true }
    return self == other
  }

  fileprivate var isUnchecked: Bool {
    if case .codeUnchecked = self { true } else { false }
  }

  fileprivate var words: String {
    switch self {
    case .cut(let characters): "cut by \(characters) character(s)"
    case .defaulted: "default"
    case .codeSubstituted(let table): "default of \(table)"
    case .codeUnchecked(let dictionary): "no edition of \(dictionary)"
    }
  }
}
