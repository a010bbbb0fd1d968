import CryptographyKit
package import DossierModel
package import FileKit

/// What is known of a file beside its bytes, one small durable file for each fact: who handed it over, as what a partner
/// knows it, which file was found at an address.
///
/// The first line of a note is the digest of the file it speaks of, so that a sweep knows when it has become idle.
extension FileFolder {
  /// Largest note, in bytes.
  private static let noteBytes = 16 * 1024

  // MARK: Who handed a file over

  /// Remembers that this party has handed the bytes over itself, and may therefore name the file.
  package func noteSender(_ party: PartyID, of reference: FileReference) throws(FileError) {
    try writeNote(["sent", party.text, reference.sha256], about: reference, [])
  }

  package func isSender(_ party: PartyID, of reference: FileReference) throws(FileError) -> Bool {
    try readNote(["sent", party.text, reference.sha256]) != nil
  }

  // MARK: As what a partner knows a file

  package func noteUpload(_ file: PartnerFile, of reference: FileReference, to party: PartyID) throws(FileError) {
    try writeNote(["uploaded", party.text, reference.sha256], about: reference, [file.id, file.hash])
  }

  package func upload(of reference: FileReference, to party: PartyID) throws(FileError) -> PartnerFile? {
    guard let lines = try readNote(["uploaded", party.text, reference.sha256]), lines.count == 3 else { return nil }
    return PartnerFile(id: lines[1], hash: lines[2])
  }

  // MARK: What was found at an address

  /// `party`: on whose word the address was looked at; another party's word is not good for it.
  package func noteFetch(of reference: FileReference, from address: String, for party: PartyID) throws(FileError) {
    try writeNote(["fetched", party.text, address], about: reference, [String(reference.byteCount)])
  }

  package func fetched(from address: String, for party: PartyID) throws(FileError) -> FileReference? {
    guard let lines = try readNote(["fetched", party.text, address]), lines.count == 2,
      let reference = FileReference("urn:sha256:\(lines[0]);bytes=\(lines[1])")
    else { return nil }
    return reference
  }

  // MARK: Notes

  static let notesName = "notes"

  private func notePath(_ key: [String]) -> String {
    // Names and addresses may hold any character: their hash is a file name.
    "\(path)/\(Self.notesName)/\(Hexadecimal.encode(SHA256.hash(key.joined(separator: "\n"))))"
  }

  private func writeNote(_ key: [String], about reference: FileReference, _ lines: [String]) throws(FileError) {
    try DurableFile.makeFolder(path)
    try DurableFile.makeFolder(path + "/" + Self.notesName)
    let text = ([reference.sha256] + lines).joined(separator: "\n")
    try DurableFile.write(Array(text.utf8), to: notePath(key))
  }

  private func readNote(_ key: [String]) throws(FileError) -> [String]? {
    do throws(FileError) {
      let bytes = try FileContent.read(notePath(key), limit: Self.noteBytes)
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      return lines.map(String.init)
    } catch {
      guard error.code == .missing else { throw error }
      return nil
    }
  }
}
