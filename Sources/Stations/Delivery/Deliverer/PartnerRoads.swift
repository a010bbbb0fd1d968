package import HTTPKit
import SFTPKit
import Synchronization

/// The ways to partners: HTTP, and folders on SFTP servers, which are spoken to in requests as well.
///
/// A file that is put is a request whose address ends in its name, and what became of it is told by the status that HTTP has
/// for it: 201 it stands there now, 200 the very bytes stood there before, 409 others do, 404 there is no such folder or it
/// may not be written to, 401 the login was refused, 507 there is no room, 500 the server failed and the file does not stand
/// there. So everything that schedules, repeats and settles requests does the same for files.
package final class PartnerRoads: PartnerTransport {
  private let http: HTTPClient
  private let folders: Mutex<[String: DropFolder]>
  /// By the address that their requests begin with.
  private let accounts: [String: SFTPAccount]

  /// Connections to servers are made when the first file goes there.
  package init(http: HTTPClient, destinations: [Destination]) {
    self.http = http
    var accounts: [String: SFTPAccount] = [:]
    for destination in destinations {
      if let folder = destination.folder { accounts[folder.base] = folder.account }
    }
    self.accounts = accounts
    folders = Mutex([:])
  }

  package func send(_ request: HTTPClientRequest, then completion: @escaping @Sendable (HTTPClientResult) -> Void) {
    guard request.url.hasPrefix("sftp://"), let end = request.url.lastIndex(of: "/") else {
      http.submit(request, completion: completion)
      return
    }
    let base = String(request.url[..<end])
    guard let account = accounts[base] else {
      preconditionFailure("a file goes to the folder of one of the destinations")
    }
    let folder = folders.withLock { folders in
      let folder = folders[base] ?? DropFolder(account)
      folders[base] = folder
      return folder
    }
    folder.put(request, then: completion)
  }

  package func cancelAll() {
    http.cancelAll()
    // Each folder has a connection of its own, which a cancelled use has ended; the next request makes a new one.
    let folders = self.folders.withLock { folders in
      defer { folders = [:] }
      return folders.values.map { $0 }
    }
    for folder in folders { folder.cancel() }
  }
}
