import DocumentKit
import DossierModel
package import DossierStore
package import HTTPKit
import JSONKit
package import Reception
package import ServiceKit

/// `GET /v1/inbox` and `POST /v1/inbox/{delivery}/receipt`: for agencies that can only pull.
///
/// A message stays in the inbox until its receipt is given, so a client that crashes between the two gets it again. Per
/// dossier only the oldest is shown; the next one comes after its receipt.
package final class InboxEndpoints: Sendable {
  /// Messages in one answer.
  package static let pageLimit = 100

  private let store: any DossierStore
  private let authenticator: Authenticator
  private let types: MessageTypeRegistry
  private let time: any TimeSource

  package init(
    store: any DossierStore, authenticator: Authenticator, types: MessageTypeRegistry, time: any TimeSource
  ) {
    self.store = store
    self.authenticator = authenticator
    self.types = types
    self.time = time
  }

  package var routes: [(method: HTTPMethod, path: String, handler: any HTTPHandler)] {
    [
      (.get, "/v1/inbox", ClosureHandler { [self] in fetch($0, reply: $1) }),
      (.post, "/v1/inbox/{delivery}/receipt", ClosureHandler { [self] in acknowledge($0, reply: $1) }),
    ]
  }

  private func fetch(_ request: HTTPRequest, reply: HTTPReply) {
    guard let party = authenticator.party(of: request) else { return reply.send(Problem.response(.unauthenticated)) }
    let limit = request.query["limit"].map { Int($0) ?? 0 } ?? Self.pageLimit
    guard (1...Self.pageLimit).contains(limit) else {
      return reply.send(
        Problem.response(
          Refusal(
            .malformed, english: "limit is a number from 1 to \(Self.pageLimit)",
            vietnamese: "limit là số từ 1 đến \(Self.pageLimit)")))
    }
    store.fetchInbox(of: party.id, limit: limit, at: time.now()) { [types] result in
      switch result {
      case .success(let deliveries): reply.send(Self.page(deliveries, types: types))
      case .failure(let error): reply.send(Problem.response(.notStored(error)))
      }
    }
  }

  private func acknowledge(_ request: HTTPRequest, reply: HTTPReply) {
    guard let party = authenticator.party(of: request) else { return reply.send(Problem.response(.unauthenticated)) }
    guard request.path.count == 4, let number = Int64(request.path[2]) else {
      return reply.send(Problem.response(.notFound))
    }
    store.acknowledge(DeliveryID(number), by: party.id, at: time.now()) { result in
      switch result {
      case .success(true): reply.send(HTTPResponse(status: 204))
      case .success(false): reply.send(Problem.response(.notFound))
      case .failure(let error): reply.send(Problem.response(.notStored(error)))
      }
    }
  }

  private static func page(_ deliveries: [ClaimedDelivery], types: MessageTypeRegistry) -> HTTPResponse {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("messages")
    writer.beginArray()
    for delivery in deliveries {
      writer.beginObject()
      for (name, value) in [
        ("delivery", delivery.id.description), ("key", delivery.key), ("dossier", delivery.dossier.text),
        ("type", delivery.type),
        ("contentType", types[delivery.type]?.format.contentType ?? "application/octet-stream"),
        ("payload", String(decoding: delivery.payload, as: UTF8.self)),
      ] {
        writer.name(name)
        writer.string(value)
      }
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return HTTPResponse(
      status: 200, headers: ["Content-Type": "application/json", "Cache-Control": "no-store"], body: writer.finish())
  }
}
