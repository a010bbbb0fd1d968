import DossierModel
import DossierStore
import HTTPKit
import ServiceKit

/// What signs the requests of a destination.
enum RequestSigner: Sendable {
  case vxp(VXPSigner)
  case webhook(WebhookSigner)

  func sign(
    _ headers: inout HTTPHeaders, _ body: inout [UInt8], _ operation: DestinationOperation, _ delivery: ClaimedDelivery,
    _ context: RequestContext, at now: Timestamp
  ) {
    switch self {
    case .vxp(let signer):
      signer.sign(
        &headers, &body, operation.signed.map { ($0.name, $0.value.text(context)) }, at: delivery.createdAt)
    case .webhook(let signer): signer.sign(&headers, body, id: context.key, at: now)
    }
  }

  /// A question of a poll.
  func sign(
    _ headers: inout HTTPHeaders, _ body: [UInt8], _ parameters: [(name: String, value: String)], at now: Timestamp
  ) {
    switch self {
    case .vxp(let signer): signer.sign(&headers, parameters, at: now)
    case .webhook(let signer): signer.sign(&headers, body, id: "", at: now)
    }
  }

  /// The first field that could not be sent, by name.
  func unsendableHeader(of operation: DestinationOperation) -> String? {
    switch self {
    case .vxp(let signer): signer.unsendableHeader(of: operation)
    case .webhook: nil
    }
  }
}
