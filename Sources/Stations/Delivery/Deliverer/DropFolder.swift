import HTTPKit
import SFTPKit
import ThreadKit

/// One folder on an SFTP server and what is below it, with a thread that does one request after the other.
final class DropFolder: Sendable {
  private struct Job: Sendable {
    let request: HTTPClientRequest
    let completion: @Sendable (HTTPClientResult) -> Void
  }

  private let mailbox = Mailbox<Job>()
  private let cancelled = CancelFlag()

  init(_ place: DestinationFolder) {
    // The thread ends after `cancel`, by itself: a server may keep it for as long as its timeouts allow.
    _ = WorkerThread(name: "sftp") { [mailbox, cancelled] in Self.run(place, mailbox, cancelled) }
  }

  deinit { cancel() }

  func perform(_ request: HTTPClientRequest, then completion: @escaping @Sendable (HTTPClientResult) -> Void) {
    if !mailbox.put(Job(request: request, completion: completion)) {
      completion(.failure(Self.failure(SFTPError(.cancelled, "the folder is closed"))))
    }
  }

  /// Ends what is under way and what waits as cancelled, and takes nothing more.
  func cancel() {
    cancelled.set()
    mailbox.close()
  }

  private static func run(_ place: DestinationFolder, _ mailbox: Mailbox<Job>, _ cancelled: CancelFlag) {
    var session: SFTPSession?
    while !mailbox.isDrained {
      for job in mailbox.takeAll() {
        do throws(SFTPError) {
          let current: SFTPSession
          if let session { current = session } else { current = try SFTPSession(place.account, cancelled: cancelled) }
          session = current
          job.completion(.response(try answer(job.request, in: place, by: current), .none))
        } catch {
          job.completion(result(of: error))
        }
      }
    }
  }

  private static func answer(
    _ request: HTTPClientRequest, in place: DestinationFolder, by session: SFTPSession
  ) throws(SFTPError) -> HTTPResponse {
    guard let start = request.url.dropFirst("sftp://".count).firstIndex(of: "/"),
      let path = SFTPPath(String(request.url[start...]))
    else { throw SFTPError(.invalid, "the file's name is too long") }
    let desk = FolderDesk(place, session)
    switch request.method.rawValue {
    case "LIST": return try desk.list(path, request.headers)
    case "GET": return try desk.get(path, request.headers)
    case "MOVE", "DELETE": return try desk.putAway(path, request.headers)
    default:
      return switch try session.put(request.body, at: path) {
      case .placed: HTTPResponse(status: 201)
      case .wasThere: HTTPResponse(status: 200)
      case .taken: HTTPResponse(status: 409)
      }
    }
  }

  private static func result(of error: SFTPError) -> HTTPClientResult {
    switch error.code {
    case .authentication: .response(HTTPResponse(status: 401), .none)
    case .notFound, .denied: .response(HTTPResponse(status: 404), .none)
    case .full: .response(HTTPResponse(status: 507), .none)
    case .tooLarge: .response(HTTPResponse(status: 413), .none)
    case .notTaken, .renameRefused: .response(HTTPResponse(status: 500), .none)
    default: .failure(failure(error))
    }
  }

  private static func failure(_ error: SFTPError) -> HTTPClientFailure {
    let kind: HTTPClientFailure.Kind =
      switch error.code {
      case .resolve: .resolve
      case .hostKey: .tls
      case .timeoutBeforeSend: .timeoutBeforeSend
      case .timeoutAfterSend: .timeoutAfterSend
      case .broken: .brokenAfterSend
      case .cancelled: .cancelled
      case .tooLarge, .invalid: .invalidRequest
      case .connect, .authentication, .notFound, .denied, .full, .notTaken, .renameRefused: .connect
      }
    return HTTPClientFailure(
      kind: kind, requestPossiblySent: error.code == .timeoutAfterSend || error.code == .broken, message: error.message)
  }
}

extension HTTPClientTiming {
  /// Of a file nobody has looked at the clock.
  fileprivate static let none = HTTPClientTiming(
    connected: .zero, firstByte: .zero, whole: .zero, isConnectionReused: false)
}
