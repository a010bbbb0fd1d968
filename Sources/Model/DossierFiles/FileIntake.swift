import CryptographyKit
package import FileKit

/// A file on its way into the folder: hashed while it is written. Letting go of it before the end leaves nothing behind.
package final class FileIntake: @unchecked Sendable {
  // It may go from thread to thread, but it has one owner at a time, who calls it one call after another.
  private let folder: FileFolder
  private let draft: FileDraft
  private var hasher: SHA256Hasher? = SHA256Hasher()

  init(in folder: FileFolder, draft: FileDraft) {
    self.folder = folder
    self.draft = draft
  }

  package var byteCount: Int { draft.byteCount }

  /// Takes the next piece.
  package func receive(_ piece: UnsafeRawBufferPointer) throws(FileError) {
    hasher?.update(piece)
    try draft.append(piece)
  }

  /// The file is complete: when this returns it is on the disk under its digest. It waits for the disk. `isNew` is false
  /// if the same bytes were here before. With `expected`, other bytes are refused as `damaged` and not kept.
  package func finish(expected: String? = nil) throws(FileError) -> (reference: FileReference, isNew: Bool) {
    guard let hasher = hasher.take() else { preconditionFailure("a file is finished once") }
    let reference = FileReference(sha256: Hexadecimal.encode(hasher.finish()), byteCount: draft.byteCount)
    if let expected, expected != reference.sha256 {
      throw FileError(
        .damaged, path: expected, message: "the bytes that came are not those of the digest that was told")
    }
    return (reference, try folder.keep(draft, as: reference))
  }
}
