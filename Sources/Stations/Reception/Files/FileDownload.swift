import CryptographyKit
package import DossierFiles
package import DossierModel
package import DossierStore
import FileKit
import Glibc
package import HTTPKit
package import ServiceKit

/// `GET /v1/files/{sha256}`: a file, sent while it is read; one range of it where `Range` asks for one.
///
/// A party gets what it handed over itself, what it named in a message and what a delivery to it names; an operator gets
/// all. By a signed address the party gets that file to which the address was given, until the address ends: from where the site says
/// that it calls, and showing no certificate but its own. Whoever else has the address is told what is told of a forged one. Everything
/// else is answered like what does not exist.
package final class FileDownload: HTTPHandler {
  private let folder: FileFolder
  private let store: any DossierReader
  private let authenticator: Authenticator
  private let addressing: FileAddressing?
  private let callers: [PartyID: FileCaller]
  private let time: any TimeSource

  /// - Parameters:
  ///   - addressing: nil where the site gives out no addresses.
  ///   - callers: what is told of the parties that fetch by address.
  package init(
    folder: FileFolder, store: any DossierReader, authenticator: Authenticator, addressing: FileAddressing?,
    callers: [PartyID: FileCaller], time: any TimeSource
  ) {
    self.folder = folder
    self.store = store
    self.authenticator = authenticator
    self.addressing = addressing
    self.callers = callers
    self.time = time
  }

  package func handle(_ request: HTTPRequest, reply: HTTPReply) { reply.send(answer(request)) }

  private func answer(_ request: HTTPRequest) -> HTTPResponse {
    guard let sha256 = request.path.last, FileReference.isDigest(sha256) else { return Problem.response(.notFound) }
    if let signature = request.query["signature"] {
      guard isGiven(sha256, signature, to: request) else { return Problem.response(.addressVoid) }
    } else {
      guard let party = authenticator.party(of: request) else { return Problem.response(.unauthenticated) }
      do {
        guard try isOpen(sha256, to: party) else { return Problem.response(.notFound) }
      } catch {
        return Problem.response(.notReadable)
      }
    }
    do throws(FileError) {
      guard let (descriptor, byteCount) = try folder.open(sha256) else { return Problem.response(.notFound) }
      return Self.response(
        sha256, descriptor, byteCount, range: request.headers["Range"], unless: request.headers["If-Range"])
    } catch {
      return Problem.response(.notReadable)
    }
  }

  /// Whether the address was given to the party that calls, as far as the call tells who it is.
  private func isGiven(_ sha256: String, _ signature: String, to request: HTTPRequest) -> Bool {
    // A party that the site has no more loses its addresses.
    guard let party = authenticator.party(request.query["party"].map(PartyID.init(_:)))?.id,
      addressing?.isValid(
        sha256: sha256, party: party, until: request.query["until"] ?? "", signature: signature, at: time.now()) == true
    else { return false }
    if request.peer != nil, authenticator.party(of: request)?.id != party { return false }
    return callers[party]?.isMeant(by: request) ?? true
  }

  private func isOpen(_ sha256: String, to party: Party) throws -> Bool {
    guard !party.isOperator else { return true }
    guard let byteCount = folder.size(of: sha256),
      let reference = FileReference("urn:sha256:\(sha256);bytes=\(byteCount)")
    else { return false }
    if try folder.isSender(party.id, of: reference) { return true }
    return try store.parties(namingFile: sha256).contains(party.id)
  }

  /// Takes ownership of `descriptor`.
  private static func response(
    _ sha256: String, _ descriptor: Int32, _ byteCount: Int, range: String?, unless condition: String?
  ) -> HTTPResponse {
    let tag = "\"\(sha256)\""
    let digest = (try? Hexadecimal.decode(sha256)).map(Base64.encode) ?? ""
    var headers: HTTPHeaders = [
      "Content-Type": "application/octet-stream", "Content-Disposition": "attachment",
      "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store", "ETag": tag,
      "Accept-Ranges": "bytes", "Repr-Digest": "sha-256=:\(digest):",
    ]
    // A range of another representation is not wanted (RFC 9110 §13.1.5).
    let wanted = condition == nil || condition == tag ? range : nil
    switch FileRange(wanted, of: byteCount) {
    case .whole:
      let source = HTTPBodySource(takingOwnershipOf: descriptor, range: 0..<byteCount)
      return HTTPResponse(status: 200, headers: headers, stream: source)
    case .part(let part):
      headers["Content-Range"] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(byteCount)"
      return HTTPResponse(
        status: 206, headers: headers, stream: HTTPBodySource(takingOwnershipOf: descriptor, range: part))
    case .unsatisfiable:
      close(descriptor)
      return HTTPResponse(status: 416, headers: ["Content-Range": "bytes */\(byteCount)"])
    }
  }
}

extension Refusal {
  fileprivate static var addressVoid: Refusal {
    Refusal(
      .forbidden, english: "this address is not valid, or not any more; ask the gateway's operator",
      vietnamese: "địa chỉ tệp không hợp lệ hoặc đã hết hạn; hãy hỏi người vận hành trục liên thông")
  }

  fileprivate static var notReadable: Refusal {
    Refusal(
      .unavailable, english: "the file cannot be read just now; try again later",
      vietnamese: "tạm thời không đọc được tệp; hãy thử lại sau")
  }
}
