package import FileKit

/// Where translations leave the bytes of files and ask for them again.
///
/// What a desk does not have (yet) is nil, and holds the document; an error means that it could not look.
package protocol FileDesk: Sendable {
  /// Keeps the bytes; when it returns they are where they will be found again.
  func claim(_ bytes: [UInt8]) throws(FileError) -> FileReference
  func content(of reference: FileReference) throws(FileError) -> [UInt8]?
  /// The address at which a recipient fetches the file.
  func url(of reference: FileReference) throws(FileError) -> String?
  /// The file as the recipient knows it.
  func upload(of reference: FileReference) throws(FileError) -> PartnerFile?
}
