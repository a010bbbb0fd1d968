package import DossierFiles
package import DossierModel
package import FileKit

/// Where the translations of one message leave the bytes of files and ask for them again.
///
/// What a desk does not have (yet) is nil, and holds the document; an error means that it could not look.
package protocol FileDesk: Sendable {
  /// Keeps the bytes; when it returns they are where they will be found again.
  func claim(_ bytes: [UInt8]) throws(FileError) -> FileReference
  /// Whether the sender of the message may name this file because it has handed the bytes over itself.
  func mayName(_ reference: FileReference) throws(FileError) -> Bool
  /// The file at an address that the sender of the message named; nil until it has been fetched.
  func fetched(from address: String) throws(FileError) -> FileReference?
  func content(of reference: FileReference) throws(FileError) -> [UInt8]?
  /// The address at which the recipient fetches the file.
  func url(of reference: FileReference) throws(FileError) -> String?
  /// The file as the recipient knows it.
  func upload(of reference: FileReference) throws(FileError) -> PartnerFile?
}

/// Where stations get the desk for a message.
package protocol FileDesks: Sendable {
  /// `recipient`: for whom the output is made; nil on the way in.
  func desk(sender: PartyID, recipient: PartyID?) -> any FileDesk
}
