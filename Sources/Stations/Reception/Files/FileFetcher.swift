package import DossierFiles
package import DossierModel
import FileKit
package import HTTPKit
import Synchronization

/// Fetches files from the addresses that senders write into their messages. Holds the calling thread meanwhile.
///
/// A sender must not make the gateway look wherever it likes (server-side request forgery): an address has to lie below one
/// that the sender's own file permits, redirects are not followed, no credentials are sent, and an address of the network
/// that is not public is connected to only where the permission says so, whatever the name resolves to.
package final class FileFetcher: Sendable {
  package enum Outcome: Sendable, Equatable {
    case fetched(FileReference)
    /// Not now; a word for the log.
    case later(String)
    /// Not before somebody changes something; a word for the log.
    case refused(String)
  }

  /// Bytes a second below which a fetch is given up for now.
  static let slowestRate = 16 * 1024
  /// However large the file.
  static let wholeLimit = Duration.seconds(6 * 3_600)

  private let client: HTTPClientShare
  private let folder: FileFolder
  private let permissions: [PartyID: [FilePermission]]
  private let bytesLimit: Int

  /// - Parameters:
  ///   - client: of one that no deliveries go by, so that no message waits behind a large file.
  ///   - bytesLimit: of one file.
  package init(
    client: HTTPClientShare, folder: FileFolder, permissions: [PartyID: [FilePermission]], bytesLimit: Int
  ) {
    self.client = client
    self.folder = folder
    self.permissions = permissions
    self.bytesLimit = bytesLimit
  }

  /// Fetches the file that `party` named, and remembers what was found at the address.
  package func fetch(_ address: String, for party: PartyID) -> Outcome {
    guard let permission = permissions[party]?.first(where: { $0.allows(address) }) else {
      return .refused("not-below-filesFrom")
    }
    do throws(FileError) {
      let sink = FetchSink(try folder.take())
      var request = HTTPClientRequest(
        method: .get, url: address,
        timeouts: HTTPClientTimeouts(whole: Self.wholeLimit, slowestRate: Self.slowestRate),
        responseBytesLimit: bytesLimit)
      request.download = sink
      request.reachesPrivateAddresses = permission.isPrivate
      switch client.sendBlocking(request) {
      case .failure(let failure): return Self.outcome(of: failure)
      case .response(let answer, _):
        guard answer.isSuccess else { return Self.outcome(of: answer.status) }
        let reference = try sink.intake.finish().reference
        try folder.noteFetch(of: reference, from: address, for: party)
        return .fetched(reference)
      }
    } catch {
      return .later("folder-\(error.code.rawValue)")
    }
  }

  private static func outcome(of failure: HTTPClientFailure) -> Outcome {
    switch failure.kind {
    case .tooLarge: .refused(failure.kind.rawValue)
    case .invalidRequest: .refused("address-refused")
    default: .later(failure.kind.rawValue)
    }
  }

  private static func outcome(of status: Int) -> Outcome {
    switch status {
    case 408, 425, 429, 500...599: .later("http-\(status)")
    default: .refused("http-\(status)")
    }
  }
}

/// A fetched file on its way into the folder.
private final class FetchSink: HTTPDownloadSink {
  let intake: FileIntake

  init(_ intake: FileIntake) { self.intake = intake }

  func receive(_ piece: UnsafeRawBufferPointer) -> Bool {
    do throws(FileError) {
      try intake.receive(piece)
      return true
    } catch {
      return false
    }
  }
}
