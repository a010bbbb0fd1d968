import CryptographyKit
package import HTTPKit
import JSONKit
package import ServiceKit
import Synchronization
import XMLKit

/// The exchange at the other end of the VXP wire, as far as who sends to it meets it: `/sendEdoc` (domain page §3.5).
///
/// It verifies every signature with code of its own: the HMAC over the received text, each parameter against its own field,
/// the document against its hash. The same document from the same sender is one document with one DocId.
package final class VXPExchange: SimulatedPartner {
  enum Fault: String, Error {
    case notSigned = "15"
    case notADocument = "22"
    case notThere = "30"
  }

  package let journal: SimulatorJournal
  private let system: String
  private let secret: [UInt8]
  /// What waits for the one that it knows.
  let inbox = Mutex(VXPInbox())
  /// Its documents, by their ids.
  private let documents = Mutex<Set<String>>([])

  private static let prefix = "XroadVnpt-"
  private static let documentLimit = 100_000

  /// `system` and `secret`: of the one sender it knows.
  package init(
    system: String, secret: String, time: any TimeSource = SystemTimeSource(), journal: SimulatorJournal? = nil
  ) {
    self.system = system
    self.secret = Array(secret.utf8)
    self.journal = journal ?? SimulatorJournal(time: time)
  }

  package func answer(_ request: HTTPRequest) -> HTTPResponse {
    guard let operation = request.path.last, request.method == .post else { return .notFound }
    guard operation == "sendEdoc" else { return answerQuestion(request, operation) }
    do throws(Fault) {
      let parameters = try signed(request)
      let document = try document(request.body, hash: parameters["hash-file"] ?? "")
      let isKnown = try take(document, parameters)
      journal.keep("sendEdoc", body: document, outcome: isKnown ? .alreadyThere : .accepted)
      return answer(id: identity(document, parameters))
    } catch {
      journal.keep("sendEdoc", body: request.body, outcome: .refused)
      return refuse(error)
    }
  }

  package func refusal(of request: HTTPRequest) -> HTTPResponse {
    journal.keep("refuse", body: request.body, outcome: .unread)
    return refuse(.notADocument)
  }

  package func repetition(of request: HTTPRequest) -> HTTPResponse {
    journal.keep("duplicate", body: request.body, outcome: .unread)
    return answer(id: "d0")
  }

  package func show(_ path: [String], _ request: HTTPRequest) -> HTTPResponse? { nil }

  // MARK: What comes in

  /// The signed parameters by their names without prefix.
  func signed(_ request: HTTPRequest) throws(Fault) -> [String: String] {
    guard let text = request.headers[Self.prefix + "sign-header"],
      let code = request.headers[Self.prefix + "hash-header"],
      constantTimeEqual(
        Array(code.utf8), Array(Hexadecimal.encode(HMACSHA256.code(of: Array(text.utf8), key: secret)).utf8)),
      let root = try? JSONDocument(parsing: text).root, root.kind == .object
    else { throw .notSigned }
    var parameters: [String: String] = [:]
    for member in root.members {
      guard member.name.hasPrefix(Self.prefix), let value = member.value.string, request.headers[member.name] == value
      else { throw .notSigned }
      parameters[String(member.name.dropFirst(Self.prefix.count))] = value
    }
    let names = request.headers[Self.prefix + "sign-header-key"]?.split(separator: ";").map(String.init) ?? []
    guard parameters["systemid"] == system, parameters["timestamp"] != nil, Set(names) == Set(parameters.keys) else {
      throw .notSigned
    }
    return parameters
  }

  /// The document without the two bytes that the client puts behind it; its hash in either spelling.
  private func document(_ body: [UInt8], hash: String) throws(Fault) -> [UInt8] {
    guard body.suffix(2) == [0x0D, 0x0A] else { throw .notADocument }
    let document = Array(body.dropLast(2))
    let digest = SHA256.hash(document)
    guard hash == Hexadecimal.encode(digest) || hash == digest.map({ String($0, radix: 16) }).joined() else {
      throw .notSigned
    }
    guard let root = try? XMLDocument(parsing: document).root, root.localName == "edXML" else { throw .notADocument }
    return document
  }

  /// Whether the document was there already.
  private func take(_ document: [UInt8], _ parameters: [String: String]) throws(Fault) -> Bool {
    guard ["edoc", "status"].contains(parameters["messagetype"]), parameters["servicetype"] == "eDoc",
      parameters["from"] == system
    else { throw .notADocument }
    let identity = identity(document, parameters)
    return documents.withLock { documents in
      if documents.count >= Self.documentLimit { documents.removeAll() }
      return !documents.insert(identity).inserted
    }
  }

  private func identity(_ document: [UInt8], _ parameters: [String: String]) -> String {
    let text = "\(parameters["messagetype"] ?? "") \(parameters["to"] ?? "") "
    return "d" + Hexadecimal.encode(SHA256.hash(Array(text.utf8) + document)).prefix(24)
  }

  // MARK: Answers

  private func answer(id: String) -> HTTPResponse { response(status: "OK", code: "0", text: "Thanh cong", id: id) }

  func refuse(_ fault: Fault) -> HTTPResponse {
    let text =
      switch fault {
      case .notSigned: "Sai SystemId hoac SecretKey"
      case .notADocument: "Format edXML khong dung chuan"
      case .notThere: "Khong ton tai van ban"
      }
    return response(status: "FAIL", code: fault.rawValue, text: text, id: "")
  }

  private func response(status: String, code: String, text: String, id: String) -> HTTPResponse {
    .json { writer in
      writer.beginObject()
      for (name, value) in [("status", status), ("ErrorCode", code), ("ErrorDesc", text), ("DocId", id)] {
        writer.name(name)
        writer.string(value)
      }
      writer.endObject()
    }
  }
}
