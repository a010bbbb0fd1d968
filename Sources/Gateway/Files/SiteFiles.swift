package import DossierFiles
package import DossierModel
import FileKit
import ServiceKit
package import Translation

/// The files of a site, as the line and the walk through held outputs see them.
package final class SiteFiles: FileDesks {
  package let folder: FileFolder
  let addressing: FileAddressing?
  let limits: TranslationLimits
  let time: any TimeSource
  /// Notes what a translation could not find; nil for the line itself, whose outputs are held and looked at afterwards.
  let errands: (@Sendable (FileErrand) -> Void)?

  init(
    folder: FileFolder, addressing: FileAddressing?, limits: TranslationLimits = .standard, time: any TimeSource,
    errands: (@Sendable (FileErrand) -> Void)? = nil
  ) {
    self.folder = folder
    self.addressing = addressing
    self.limits = limits
    self.time = time
    self.errands = errands
  }

  package func desk(sender: PartyID, recipient: PartyID?) -> any FileDesk {
    PassageFileDesk(files: self, sender: sender, recipient: recipient)
  }

  /// The same files, telling `errands` what is missing.
  func noting(_ errands: @escaping @Sendable (FileErrand) -> Void) -> SiteFiles {
    SiteFiles(folder: folder, addressing: addressing, limits: limits, time: time, errands: errands)
  }
}

/// Something to be done so that an output can be made.
package enum FileErrand: Sendable, Hashable {
  /// The recipient gets the file before the message that names it.
  case upload(FileReference, to: PartyID)
  /// The file is fetched from the sender's address.
  case fetch(String, for: PartyID)
}

/// The files as one message may see them, on its way in or on its way to one recipient.
struct PassageFileDesk: FileDesk {
  let files: SiteFiles
  let sender: PartyID
  let recipient: PartyID?

  func claim(_ bytes: [UInt8]) throws(FileError) -> FileReference { try files.folder.claim(bytes) }

  func mayName(_ reference: FileReference) throws(FileError) -> Bool {
    guard try files.folder.isSender(sender, of: reference) else { return false }
    return try files.folder.touch(reference)
  }

  func fetched(from address: String) throws(FileError) -> FileReference? {
    if let reference = try files.folder.fetched(from: address, for: sender), try files.folder.touch(reference) {
      return reference
    }
    files.errands?(.fetch(address, for: sender))
    return nil
  }

  func content(of reference: FileReference) throws(FileError) -> [UInt8]? {
    try files.folder.content(of: reference, limit: files.limits.inlineBytes)
  }

  func url(of reference: FileReference) throws(FileError) -> String? {
    // On its way in a message has no recipient yet, and an address is given to somebody.
    guard let addressing = files.addressing, let recipient, try files.folder.touch(reference) else { return nil }
    return addressing.address(of: reference, for: recipient, at: files.time.now())
  }

  func upload(of reference: FileReference) throws(FileError) -> PartnerFile? {
    guard let recipient else { return nil }
    if let file = try files.folder.upload(of: reference, to: recipient) { return file }
    files.errands?(.upload(reference, to: recipient))
    return nil
  }
}
