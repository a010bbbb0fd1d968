import CryptographyKit
import FileKit

/// A data folder in the hands of one gateway, as long as this object lives: the kernel lets go of it when the process is
/// gone, however that came about.
///
/// So whoever holds it knows that the gateway which held it before is gone, and need not wait for its lease on a shared
/// database to run out.
final class DataFolderHold: Sendable {
  /// What tells the folder from every other one: made when it is held for the first time.
  let identifier: String
  private let lock: FileLock

  /// Nil while another gateway holds the folder.
  init?(_ folder: String) throws(FileError) {
    guard let lock = try FileLock(trying: folder + "/gateway.lock") else { return nil }
    let path = folder + "/gateway.id"
    if FileContent.exists(path) {
      identifier = String(decoding: try FileContent.read(path, limit: 128), as: UTF8.self)
    } else {
      identifier = UUIDv7Generator().next().description
      try DurableFile.write(Array(identifier.utf8), to: path)
    }
    self.lock = lock
  }
}
