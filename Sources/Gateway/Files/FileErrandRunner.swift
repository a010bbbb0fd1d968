import Delivery
import DossierFiles
import DossierModel
import FileKit
import Reception

/// Does errands, and writes down on the disk what came of them before it says so.
struct FileErrandRunner: Sendable {
  let folder: FileFolder
  let fetcher: FileFetcher
  let uploader: FileUploader
  let destinations: [PartyID: Destination]

  func perform(_ errand: FileErrand) -> FileErrands.Outcome {
    switch errand {
    case .fetch(let address, let party):
      switch fetcher.fetch(address, for: party) {
      case .fetched: .done
      case .later(let reason): .later(reason)
      case .refused(let reason): .failed(reason)
      }
    case .upload(let reference, let party): upload(reference, to: party)
    }
  }

  private func upload(_ reference: FileReference, to party: PartyID) -> FileErrands.Outcome {
    guard let destination = destinations[party] else { return .failed("no-destination") }
    do throws(FileError) {
      if try folder.upload(of: reference, to: party) != nil { return .done }
      guard let (descriptor, _) = try folder.open(reference.sha256) else { return .failed("file-gone") }
      switch uploader.upload(reference, takingOwnershipOf: descriptor, to: destination) {
      case .uploaded(let file):
        try folder.noteUpload(file, of: reference, to: party)
        return .done
      case .later(let reason): return .later(reason)
      case .refused(let reason): return .failed(reason)
      }
    } catch {
      return .later("folder-\(error.code.rawValue)")
    }
  }
}
