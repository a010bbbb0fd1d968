package import HTTPKit
import Synchronization

/// The ways to partners: HTTP, and folders on SFTP servers, which are spoken to in requests as well.
///
/// A file that is put is a request whose address ends in its name, and what became of it is told by the status that HTTP has
/// for it: 201 it stands there now, 200 the very bytes stood there before, 409 others do, 404 there is no such folder or it
/// may not be written to, 401 the login was refused, 507 there is no room, 500 the server failed and the file does not stand
/// there. So everything that schedules, repeats and settles requests does the same for files. The other way, `LIST` of a
/// folder is answered by its files in JSON, `GET` by a file, `MOVE` and `DELETE` by 200 when the file has left (`FolderDesk`).
package final class PartnerRoads: PartnerTransport {
  private let http: any PartnerTransport
  private let folders: Mutex<[String: DropFolder]>
  /// By the address that their requests begin with.
  private let places: [String: DestinationFolder]

  /// Connections to servers are made when the first file goes there.
  package init(http: any PartnerTransport, destinations: [Destination]) {
    self.http = http
    var places: [String: DestinationFolder] = [:]
    for destination in destinations {
      if let folder = destination.folder { places[folder.base] = folder }
    }
    self.places = places
    folders = Mutex([:])
  }

  package func send(_ request: HTTPClientRequest, then completion: @escaping @Sendable (HTTPClientResult) -> Void) {
    guard request.url.hasPrefix("sftp://") else {
      http.send(request, then: completion)
      return
    }
    guard let place = place(of: request.url) else {
      preconditionFailure("a file is in a folder of one of the destinations")
    }
    let folder = folders.withLock { folders in
      let folder = folders[place.base] ?? DropFolder(place)
      folders[place.base] = folder
      return folder
    }
    folder.perform(request, then: completion)
  }

  /// The folder that the address is in or below; of two the inner one.
  private func place(of url: String) -> DestinationFolder? {
    var rest = url[...]
    while let slash = rest.lastIndex(of: "/") {
      rest = rest[..<slash]
      if let place = places[String(rest)] { return place }
    }
    return nil
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
