package import FileKit
import Synchronization

/// Keeps files as long as it lives: for trying mappings out.
package final class MemoryFileDesk: FileDesk {
  private struct Contents {
    var files: [FileReference: [UInt8]] = [:]
    var urls: [FileReference: String] = [:]
    var uploads: [FileReference: PartnerFile] = [:]
  }

  private let contents = Mutex(Contents())

  package init() {}

  package func claim(_ bytes: [UInt8]) throws(FileError) -> FileReference {
    let reference = FileReference(of: bytes)
    contents.withLock { $0.files[reference] = bytes }
    return reference
  }

  package func content(of reference: FileReference) throws(FileError) -> [UInt8]? {
    contents.withLock { $0.files[reference] }
  }

  package func url(of reference: FileReference) throws(FileError) -> String? {
    contents.withLock { $0.urls[reference] }
  }

  package func upload(of reference: FileReference) throws(FileError) -> PartnerFile? {
    contents.withLock { $0.uploads[reference] }
  }

  /// Says where the file can be fetched.
  package func publish(_ reference: FileReference, at url: String) {
    contents.withLock { $0.urls[reference] = url }
  }

  /// Says as what the recipient knows the file.
  package func upload(_ reference: FileReference, as file: PartnerFile) {
    contents.withLock { $0.uploads[reference] = file }
  }
}
