import DocumentKit
package import DossierModel
package import XMLKit

/// Finds the recipients of a message from its content (EIP: Recipient List): every matching route adds its own.
///
/// A message never goes back to its sender, and to nobody twice. One without a recipient is refused, because nobody
/// would ever ask for it.
package final class RecipientList: Station {
  private struct CompiledRoute: Sendable {
    let route: Route
    let condition: XPathExpression?
  }

  private let routes: [CompiledRoute]
  private let types: @Sendable (PartyID, MessageKind) -> MessageType?

  /// Compiles the routes' conditions; the error names the route whose condition is wrong.
  ///
  /// `types` tells which type of message a party receives for a kind; nil when it receives none.
  package init(
    routes: [Route], types: @escaping @Sendable (PartyID, MessageKind) -> MessageType?
  ) throws(XMLError) {
    var compiled: [CompiledRoute] = []
    for route in routes {
      do throws(XMLError) {
        compiled.append(
          CompiledRoute(
            route: route,
            condition: try route.when.map { condition throws(XMLError) in try XPathExpression(condition) }))
      } catch {
        throw XMLError(error.code, "route '\(route.name)': \(error.message)", cause: error)
      }
    }
    self.routes = compiled
    self.types = types
  }

  package func process(_ passage: inout Passage) throws(Refusal) {
    guard let canonical = passage.canonical else { preconditionFailure("routing stands behind the canonical document") }
    var recipients: [Passage.Recipient] = []
    for compiled in routes where compiled.route.message == passage.type.kind {
      if let from = compiled.route.from, !from.contains(passage.envelope.sender) { continue }
      if let condition = compiled.condition, !Self.holds(condition, at: canonical.root) { continue }
      for party in compiled.route.to where party != passage.envelope.sender {
        guard !recipients.contains(where: { $0.party == party }), let type = types(party, passage.type.kind) else {
          continue
        }
        recipients.append(Passage.Recipient(party: party, type: type))
      }
    }
    guard !recipients.isEmpty else {
      throw Refusal(
        .noRecipient,
        english: "no route of this gateway leads anywhere for this \(passage.type.kind.rawValue); ask its operator",
        vietnamese: "trục liên thông chưa có tuyến nào cho thông điệp này; hãy hỏi người vận hành")
    }
    passage.recipients = recipients
  }

  /// An expression that fails on this document does not hold; the site's check has evaluated it before.
  private static func holds(_ condition: XPathExpression, at root: XMLNode) -> Bool {
    (try? condition.boolean(at: root)) ?? false
  }
}
