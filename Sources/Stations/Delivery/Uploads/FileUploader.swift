package import DossierFiles
import DossierModel
package import HTTPKit
package import ServiceKit

/// Takes files to partners that want them before the message that names them. Holds the calling thread meanwhile.
///
/// A file goes with `Idempotency-Key: file-<sha256>`: it is the same upload however often it is made. The caller keeps
/// what the partner answered; if that gets lost in a crash the file goes again, and the message names the later id.
package final class FileUploader: Sendable {
  package enum Outcome: Sendable, Equatable {
    case uploaded(PartnerFile)
    /// Not now; a word for the log.
    case later(String)
    /// The partner says no, or cannot be asked; a word for the log.
    case refused(String)
  }

  private let client: HTTPClientShare
  private let sessions: PartnerSessions
  private let visitor: SessionVisitor
  private let userAgent: String

  /// Bytes a second below which an upload is given up for now.
  static let slowestRate = 16 * 1024
  /// However large the file.
  static let wholeLimit = Duration.seconds(12 * 3_600)

  /// - Parameters:
  ///   - client: of one that no deliveries go by, so that no message waits behind a large file.
  ///   - sessions: those of the destinations, which are everybody's.
  package init(
    client: HTTPClientShare, sessions: PartnerSessions, time: any TimeSource = SystemTimeSource(), version: String
  ) {
    self.client = client
    self.sessions = sessions
    visitor = SessionVisitor(time: time)
    userAgent = "lienthong/\(version)"
  }

  /// Uploads a file. Takes ownership of `descriptor`.
  package func upload(
    _ reference: FileReference, takingOwnershipOf descriptor: Int32, to destination: Destination
  ) -> Outcome {
    guard let upload = destination.upload else { return .refused("no-upload") }
    let boundary = "lt-\(reference.sha256)"
    let source = Self.source(reference, descriptor, upload.upload, boundary: boundary)
    let session = sessions[destination.party]
    for isSecondTry in [false, true] {
      let token: String
      let generation: Int
      switch visitor.token(of: session) {
      case .token(let given, let number): (token, generation) = (given, number)
      case .stopped: return .later(HTTPClientFailure.Kind.cancelled.rawValue)
      case .failed(.unanswered(let failure)): return .later("login-\(failure.kind.rawValue)")
      case .failed: return .later("login-refused")
      }
      let request = request(reference, source, upload, destination, token: token, boundary: boundary)
      switch client.sendBlocking(request) {
      case .failure(let failure):
        return failure.kind == .invalidRequest ? .refused(failure.kind.rawValue) : .later(failure.kind.rawValue)
      case .response(let answer, _):
        let isUnknown = answer.status == 401 || answer.status == 403
        if isUnknown, let session, !isSecondTry {
          // The session has ended: one new login, one more try.
          session.rejected(generation: generation)
          continue
        }
        return outcome(of: answer, upload, destination)
      }
    }
    return .later("session-refused")
  }

  /// Ends what is under way, and everything later at once.
  package func stop() {
    visitor.stop()
    client.stop()
  }

  private func outcome(of answer: HTTPResponse, _ upload: DestinationUpload, _ destination: Destination) -> Outcome {
    switch answer.status {
    case 200...299:
      switch upload.read(answer, limits: destination.answerLimits) {
      case .success(let file): return .uploaded(file)
      // Many partners say "later" as text inside a 200: it is asked again, more and more seldom.
      case .failure(let unread): return .later(unread.word)
      }
    case 401, 403, 408, 425, 429, 500...599: return .later("http-\(answer.status)")
    default: return .refused("http-\(answer.status)")
    }
  }

  private func request(
    _ reference: FileReference, _ source: HTTPBodySource, _ upload: DestinationUpload, _ destination: Destination,
    token: String, boundary: String
  ) -> HTTPClientRequest {
    let context = RequestContext(session: token, key: "file-\(reference.sha256)", dossier: "")
    var headers = upload.call.headers(context)
    headers["User-Agent"] = userAgent
    headers["Idempotency-Key"] = context.key
    headers["Content-Type"] =
      upload.upload.field == nil ? upload.upload.contentType : "multipart/form-data; boundary=\(boundary)"
    if destination.sendsBearer { headers["Authorization"] = "Bearer \(token)" }
    var timeouts = destination.timeouts
    timeouts.firstByte = nil
    timeouts.whole = Self.wholeLimit
    timeouts.slowestRate = Self.slowestRate
    var request = HTTPClientRequest(
      method: upload.call.method, url: upload.call.url(context), headers: headers, timeouts: timeouts,
      tls: destination.tls, responseBytesLimit: destination.answerLimits.bytes)
    request.upload = source
    return request
  }

  /// The file, as the body or as the one part of a multipart body (RFC 7578). The boundary holds the file's own hash, which
  /// no file holds.
  private static func source(
    _ reference: FileReference, _ descriptor: Int32, _ upload: PartnerUpload, boundary: String
  ) -> HTTPBodySource {
    guard let field = upload.field else {
      return HTTPBodySource(takingOwnershipOf: descriptor, range: 0..<reference.byteCount)
    }
    let head =
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"\(reference.sha256)\"\r\n"
      + "Content-Type: \(upload.contentType)\r\n\r\n"
    return HTTPBodySource(
      takingOwnershipOf: descriptor, range: 0..<reference.byteCount, prefix: Array(head.utf8),
      suffix: Array("\r\n--\(boundary)--\r\n".utf8))
  }
}
