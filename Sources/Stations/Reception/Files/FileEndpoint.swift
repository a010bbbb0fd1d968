import CryptographyKit
package import DossierFiles
import DossierModel
import FileKit
package import HTTPKit
import Synchronization

/// `POST /v1/files` and `PUT /v1/files`: a file by itself, before the message that names it.
///
/// The body is the file, whatever its `Content-Type`; it goes to the folder while it is hashed, and memory does not grow
/// with it. The answer comes when the file is on the disk: 201, or 200 if the same bytes were here before, with the
/// reference to write into a message. `Repr-Digest: sha-256=:…:` (RFC 9530) is compared with what came.
package final class FileEndpoint: HTTPHandler {
  private let folder: FileFolder
  private let authenticator: Authenticator
  private let keeper: FileKeeper
  private let gate: IntakeGate
  private let limits: FileLimits
  private let underWay = Atomic<Int>(0)

  package init(
    folder: FileFolder, authenticator: Authenticator, keeper: FileKeeper, gate: IntakeGate = IntakeGate(),
    limits: FileLimits = .standard
  ) {
    self.gate = gate
    self.folder = folder
    self.authenticator = authenticator
    self.keeper = keeper
    self.limits = limits
  }

  package var takesStreams: Bool { true }

  package func reception(of head: HTTPRequest, length: Int?) -> HTTPBodyReception {
    guard let party = authenticator.party(of: head) else { return .refuse(Problem.response(.unauthenticated)) }
    let told = head.headers["Repr-Digest"]
    let expected = told.flatMap(Self.digest)
    if told != nil, expected == nil {
      return .refuse(
        Problem.response(
          Refusal(
            .malformed, english: "Repr-Digest holds no sha-256 as RFC 9530 spells it",
            vietnamese: "Repr-Digest không có sha-256 đúng theo RFC 9530")))
    }
    guard underWay.add(1, ordering: .relaxed).newValue <= limits.uploads else {
      underWay.subtract(1, ordering: .relaxed)
      return .refuse(Problem.response(.tooManyFiles))
    }
    guard gate.isOpen, let intake = try? folder.take(), hasRoom(for: length ?? 0) else {
      underWay.subtract(1, ordering: .relaxed)
      return .refuse(Problem.response(.noRoom))
    }
    let upload = FileUpload(intake, from: party.id, into: folder, keeper: keeper, expected: expected) { [self] in
      underWay.subtract(1, ordering: .relaxed)
    }
    return .stream(upload, limit: limits.fileBytes)
  }

  /// Never called: every body goes to a sink.
  package func handle(_ request: HTTPRequest, reply: HTTPReply) { reply.send(Problem.response(.methodNotAllowed)) }

  private func hasRoom(for length: Int) -> Bool {
    guard let free = FileSystemRoom.free(at: folder.path) else { return true }
    return free - length >= limits.reserveBytes
  }

  /// The SHA-256 of a Repr-Digest field (RFC 9530 §3: a dictionary of byte sequences), in hexadecimal.
  static func digest(_ field: String) -> String? {
    for member in field.split(separator: ",") {
      let member = member.drop { $0 == " " || $0 == "\t" }
      guard member.lowercased().hasPrefix("sha-256=:"), member.hasSuffix(":"), member.utf8.count > 10 else { continue }
      guard let bytes = try? Base64.decode(String(member.dropFirst(9).dropLast())), bytes.count == SHA256.byteCount
      else { return nil }
      return Hexadecimal.encode(bytes)
    }
    return nil
  }
}

extension Refusal {
  fileprivate static var tooManyFiles: Refusal {
    Refusal(
      .unavailable, english: "many files are on their way already; send this one later",
      vietnamese: "đang nhận quá nhiều tệp; hãy gửi lại sau")
  }

  fileprivate static var noRoom: Refusal {
    Refusal(
      .unavailable, english: "there is no room for the file just now; send it later",
      vietnamese: "tạm thời không còn chỗ lưu tệp; hãy gửi lại sau")
  }
}
