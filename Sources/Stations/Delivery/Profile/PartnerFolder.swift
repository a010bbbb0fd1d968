/// A folder on an SFTP server into which a partner puts messages for us, each a file of its own.
///
/// It is data, the `folder` of one of a profile's `polls`. What is below the folder is not looked at, nor are links.
package struct PartnerFolder: Sendable {
  /// How a file shows that it is whole.
  package enum Readiness: Sendable, Equatable {
    /// It gets its name when it is: until then it has another, which begins with a dot or fits no pattern.
    case renamed
    /// Size and time of change stay the same for so long.
    case unchanged(Duration)
    /// A file with its name and this ending stands beside it, and is not older.
    case marker(String)
  }

  /// From the party's address on.
  package var path: TextTemplate
  package var names: [FileNamePattern]
  package var readiness: Readiness
  /// The folder to which a file goes that is on the disk here; nil for one that is removed.
  package var taken: TextTemplate?
  /// The folder to which a file goes that cannot be taken, when it is kept here.
  package var refused: TextTemplate
  /// Bytes of a file.
  package var sizeLimit: Int
  /// Files of one look, by their names; of these the oldest comes first.
  package var filesLimit: Int
  /// Whether bytes that came before are the same message under any name.
  package var isNamedByContent: Bool

  /// Its folders.
  var folders: [TextTemplate] { [path, refused] + (taken.map { [$0] } ?? []) }

  /// What says a file's marker to whoever reads the folder.
  var marker: String? { if case .marker(let ending) = readiness { ending } else { nil } }
}
