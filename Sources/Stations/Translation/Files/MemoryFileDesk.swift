package import DossierFiles
package import FileKit
import Synchronization

/// Keeps files as long as it lives: for trying mappings out.
package final class MemoryFileDesk: FileDesk {
  private struct Contents {
    var files: [FileReference: [UInt8]] = [:]
    var urls: [FileReference: String] = [:]
    var uploads: [FileReference: PartnerFile] = [:]
    var fetched: [String: FileReference] = [:]
    var nameable: Set<FileReference> = []
  }

  private let contents = Mutex(Contents())

  private let publicAddress: String?

  /// `publicAddress`: what stands before the digest in the address of a file that was not published; nil publishes none.
  package init(publicAddress: String? = nil) { self.publicAddress = publicAddress }

  package func claim(_ bytes: [UInt8]) throws(FileError) -> FileReference {
    let reference = FileReference(of: bytes)
    contents.withLock { $0.files[reference] = bytes }
    return reference
  }

  package func mayName(_ reference: FileReference) throws(FileError) -> Bool {
    contents.withLock { $0.nameable.contains(reference) }
  }

  package func fetched(from address: String) throws(FileError) -> FileReference? {
    contents.withLock { $0.fetched[address] }
  }

  package func content(of reference: FileReference) throws(FileError) -> [UInt8]? {
    contents.withLock { $0.files[reference] }
  }

  package func url(of reference: FileReference) throws(FileError) -> String? {
    contents.withLock { $0.urls[reference] } ?? publicAddress.map { $0 + reference.sha256 }
  }

  package func upload(of reference: FileReference) throws(FileError) -> PartnerFile? {
    contents.withLock { $0.uploads[reference] }
  }

  /// Keeps a file that the sender has handed over before its message.
  package func handOver(_ bytes: [UInt8]) -> FileReference {
    let reference = FileReference(of: bytes)
    contents.withLock { contents in
      contents.files[reference] = bytes
      contents.nameable.insert(reference)
    }
    return reference
  }

  /// Says what was found at an address of the sender.
  package func fetch(_ bytes: [UInt8], from address: String) -> FileReference {
    let reference = FileReference(of: bytes)
    contents.withLock { contents in
      contents.files[reference] = bytes
      contents.fetched[address] = reference
    }
    return reference
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
