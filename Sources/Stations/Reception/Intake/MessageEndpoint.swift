import DocumentKit
import DossierModel
import DossierStore
package import HTTPKit
import JSONKit
import ServiceKit
import XMLKit

/// `POST /v1/messages`: one message in any registered tongue, JSON or XML by its `Content-Type`.
///
/// Answers 202 with a receipt once the message is on the disk. `Idempotency-Key` makes repeating safe: the same key with
/// the same bytes gives the first receipt again (with `Idempotency-Replayed: true`), with other bytes 422.
/// `traceparent` (W3C) is kept and passed on. `?type=` names the message type where more than one would fit.
package final class MessageEndpoint: HTTPHandler {
  /// Characters of an `Idempotency-Key`.
  package static let keyLimit = 255

  private let intake: MessageIntake
  private let authenticator: Authenticator

  package init(intake: MessageIntake, authenticator: Authenticator) {
    self.intake = intake
    self.authenticator = authenticator
  }

  package func handle(_ request: HTTPRequest, reply: HTTPReply) {
    guard let sender = authenticator.party(of: request) else {
      return reply.send(Problem.response(intake.refuse(.unauthenticated, from: nil)))
    }
    do throws(Refusal) {
      let submission = try Self.submission(in: request, from: sender, types: intake.types)
      intake.submit([submission], from: sender) { result in
        switch result {
        case .success(let recorded): reply.send(Self.accepted(recorded[0]))
        case .failure(let refusal): reply.send(Problem.response(refusal))
        }
      }
    } catch {
      reply.send(Problem.response(intake.refuse(error, from: sender.id)))
    }
  }

  private static func submission(
    in request: HTTPRequest, from sender: Party, types: MessageTypeRegistry
  ) throws(Refusal) -> Submission {
    let key = try key(of: request)
    let format = try format(of: request)
    let (source, json) = try parse(request.body, as: format)
    let type = try type(of: source, format: format, named: request.query["type"], from: sender, types: types)
    return Submission(
      type: type, source: source, root: source.root, json: json, body: request.body, key: key,
      traceparent: TraceParent.accepted(request.headers["traceparent"]))
  }

  /// The document of a body, and the same as JSON where it is JSON.
  static func parse(
    _ body: [UInt8], as format: DocumentTree.Format, json jsonLimits: JSONLimits = .standard,
    xml xmlLimits: XMLLimits = .standard
  ) throws(Refusal) -> (DocumentTree, JSONValue?) {
    switch format {
    case .json:
      let json: JSONValue
      do throws(JSONError) {
        json = try JSONDocument(parsing: body, limits: jsonLimits).root
      } catch {
        throw .unreadable(json: error)
      }
      do throws(DocumentError) {
        return (try DocumentTree(json: json), json)
      } catch {
        throw .unreadable(document: error)
      }
    case .xml:
      do throws(XMLError) {
        let document = try XMLDocument(parsing: body, limits: xmlLimits)
        guard let tree = try? DocumentTree(xml: document) else {
          throw XMLError(.notWellFormed, "the document has no root element")
        }
        return (tree, nil)
      } catch {
        throw .unreadable(xml: error)
      }
    }
  }

  /// The one type that the document is, among those that its sender may send; `name` says which where it would fit several.
  static func type(
    of source: DocumentTree, format: DocumentTree.Format, named name: String?, from sender: Party,
    types: MessageTypeRegistry
  ) throws(Refusal) -> MessageType {
    if let name {
      guard let type = types[name], type.format == format else {
        throw Refusal(
          .unknownMessage, english: "no registered tongue has a \(format.rawValue) message of the type asked for",
          vietnamese: "không có loại thông điệp \(format.rawValue) như tham số type yêu cầu")
      }
      return type
    }
    let found: [MessageType]
    do throws(XMLError) {
      found = try types.recognise(source.root, format: format)
    } catch {
      throw .unreadable(xml: error)
    }
    let allowed = found.filter { sender.sends.contains($0.name) }
    if let only = allowed.first, allowed.count == 1 { return only }
    if allowed.isEmpty, let first = found.first { return first }
    let names = (allowed.isEmpty ? types.types : allowed).map(\.name).joined(separator: ", ")
    throw Refusal(
      .unknownMessage,
      english: allowed.isEmpty
        ? "the document is none of: \(names); check its root, or name the type with ?type="
        : "the document fits more than one type: \(names); name one with ?type=",
      vietnamese: allowed.isEmpty
        ? "tài liệu không thuộc loại nào trong: \(names); hãy xem phần tử gốc hoặc nêu loại bằng ?type="
        : "tài liệu phù hợp với nhiều loại: \(names); hãy nêu một loại bằng ?type=")
  }

  private static func format(of request: HTTPRequest) throws(Refusal) -> DocumentTree.Format {
    let mediaType = (request.headers["Content-Type"] ?? "").prefix { $0 != ";" }.lowercased()
      .filter { $0 != " " && $0 != "\t" }
    if mediaType == "application/json" || mediaType.hasSuffix("+json") { return .json }
    if mediaType == "application/xml" || mediaType == "text/xml" || mediaType.hasSuffix("+xml") { return .xml }
    throw Refusal(
      .unsupportedMediaType, english: "say application/json or application/xml in Content-Type",
      vietnamese: "hãy ghi application/json hoặc application/xml trong Content-Type")
  }

  private static func key(of request: HTTPRequest) throws(Refusal) -> MessageKey? {
    guard let key = request.headers["Idempotency-Key"] else { return nil }
    guard (1...keyLimit).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      throw Refusal(
        .malformed, english: "Idempotency-Key has 1 to \(keyLimit) printable ASCII characters without spaces",
        vietnamese: "Idempotency-Key gồm 1 đến \(keyLimit) ký tự ASCII in được, không có dấu cách")
    }
    return MessageKey(senders: key)
  }

  private static func accepted(_ message: RecordedMessage) -> HTTPResponse {
    var writer = JSONWriter()
    ReceiptDocument.write(message.receipt, to: &writer)
    var headers: HTTPHeaders = ["Content-Type": "application/json", "Location": message.receipt.statePath]
    if message.isDuplicate { headers["Idempotency-Replayed"] = "true" }
    return HTTPResponse(status: 202, headers: headers, body: writer.finish())
  }
}
