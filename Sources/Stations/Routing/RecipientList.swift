import DocumentKit
package import DossierModel
package import XMLKit

/// Finds the recipients of a message from its content (EIP: Recipient List): every matching route adds its own.
///
/// Where several routes lead to one recipient, the first says whether what waits for it may be coalesced.
///
/// A message never goes back to its sender, and to nobody twice. A recipient gets the first type of message of its tongue
/// that is for this document; where none is, this document is not for that recipient. One without a recipient is refused,
/// because nobody would ever ask for it.
///
/// Where the sender names its receivers, the routes still say who may have the message, and the names which of those get
/// it: a party that can be named and is not gets nothing. A party without an agency code cannot be named in any tongue,
/// such as the portal to which everything is mirrored: for it the routes alone decide. A receiver to whom no route leads
/// refuses the message, since its sender would believe it delivered.
///
/// What belongs to a procedure that is conducted goes to its agencies when it is their turn and not by routes, and needs no
/// other recipient.
package final class RecipientList: Station {
  private struct CompiledRoute: Sendable {
    let route: Route
    let condition: XPathExpression?
  }

  private struct ReceivedType: Sendable {
    let type: MessageType
    let condition: XPathExpression?
  }

  private let routes: [CompiledRoute]
  private let addressable: Set<PartyID>
  private let types: [PartyID: [ReceivedType]]

  /// Compiles the conditions; the error names the route or the type whose condition is wrong.
  ///
  /// `types`: the types of message that each party receives, in the order in which they are tried. `addressable`: the
  /// parties that senders can name as receivers.
  package init(
    routes: [Route], addressable: Set<PartyID> = [], types: [PartyID: [MessageType]]
  ) throws(XMLError) {
    var compiled: [CompiledRoute] = []
    for route in routes {
      compiled.append(
        CompiledRoute(route: route, condition: try Self.compile(route.when, of: "route '\(route.name)'")))
    }
    var received: [PartyID: [ReceivedType]] = [:]
    for (party, types) in types {
      for type in types {
        let condition = try Self.compile(type.when, of: "message type '\(type.name)'")
        received[party, default: []].append(ReceivedType(type: type, condition: condition))
      }
    }
    self.routes = compiled
    self.addressable = addressable
    self.types = received
  }

  private static func compile(_ condition: String?, of place: String) throws(XMLError) -> XPathExpression? {
    guard let condition else { return nil }
    do throws(XMLError) {
      return try XPathExpression(condition)
    } catch {
      throw XMLError(error.code, "\(place): \(error.message)", cause: error)
    }
  }

  package func process(_ passage: inout Passage) throws(Refusal) {
    guard let canonical = passage.canonical else { preconditionFailure("routing stands behind the canonical document") }
    // An agency's word to the procedure: what others learn of it the procedure decides.
    if passage.conducted?.isAnswer == true { return }
    let withheld = passage.conducted?.withheldFrom ?? []
    var recipients: [Passage.Recipient] = []
    for compiled in routes where compiled.route.message == passage.type.kind {
      if let from = compiled.route.from, !from.contains(passage.envelope.sender) { continue }
      if let condition = compiled.condition, !Self.holds(condition, at: canonical.root) { continue }
      for party in compiled.route.to where party != passage.envelope.sender && !withheld.contains(party) {
        guard !recipients.contains(where: { $0.party == party }),
          let type = type(for: party, passage.type.kind, canonical.root)
        else { continue }
        recipients.append(Passage.Recipient(party: party, type: type, coalescing: compiled.route.coalescing))
      }
    }
    if let addressees = passage.addressees {
      guard addressees.subtracting(withheld).isSubset(of: recipients.map(\.party)) else {
        throw Refusal(
          .noRecipient,
          english: "no route of this gateway leads to every receiver that is named; ask its operator",
          vietnamese: "trục liên thông chưa có tuyến đến mọi nơi nhận được nêu; hãy hỏi người vận hành")
      }
      recipients.removeAll { addressable.contains($0.party) && !addressees.contains($0.party) }
    }
    guard !recipients.isEmpty || passage.conducted != nil else {
      throw Refusal(
        .noRecipient,
        english: "no route of this gateway leads anywhere for this \(passage.type.kind.rawValue); ask its operator",
        vietnamese: "trục liên thông chưa có tuyến nào cho thông điệp này; hãy hỏi người vận hành")
    }
    passage.recipients = recipients
  }

  /// A party as recipient of a document that the routes do not bring it; nil where it takes none of this kind.
  package func recipient(
    _ party: PartyID, of kind: MessageKind, at root: XMLNode
  ) -> Passage.Recipient? {
    type(for: party, kind, root).map { Passage.Recipient(party: party, type: $0) }
  }

  private func type(for party: PartyID, _ kind: MessageKind, _ root: XMLNode) -> MessageType? {
    types[party]?.first { received in
      received.type.kind == kind && received.condition.map { Self.holds($0, at: root) } ?? true
    }?.type
  }

  /// An expression that fails on this document does not hold; the site's check has evaluated it before.
  private static func holds(_ condition: XPathExpression, at root: XMLNode) -> Bool {
    (try? condition.boolean(at: root)) ?? false
  }
}
