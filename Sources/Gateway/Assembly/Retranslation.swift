import DocumentKit
package import DossierModel
package import DossierStore
import JSONKit
import Reception
import XMLKit

/// Makes a recipient's document anew from a message as it came, with routes, mappings and code tables as they are now.
package struct Retranslation: Sendable {
  private let types: MessageTypeRegistry
  private let line: any MessageLine
  private let ledger: any DossierReader

  init(types: MessageTypeRegistry, line: any MessageLine, ledger: any DossierReader) {
    self.types = types
    self.line = line
    self.ledger = ledger
  }

  /// What this recipient gets; nil if the line makes none: a code has no counterpart, or no route leads there now.
  package func delivery(
    of message: MessageID, for destination: PartyID, type name: String
  ) throws(StoreError) -> NewDelivery? {
    guard let message = try ledger.message(message), let body = try ledger.body(of: message.envelope.id),
      let type = types[message.envelope.type], let passage = Self.passage(message.envelope, type, body),
      let record = try? line.process(passage)
    else { return nil }
    return record.deliveries.first {
      $0.destination == destination && $0.type == name && $0.heldReason == nil
    }
  }

  /// The message as it came, before any station; nil only if its bytes cannot be read, which reception has ruled out.
  private static func passage(_ envelope: Envelope, _ type: MessageType, _ body: [UInt8]) -> Passage? {
    switch type.format {
    case .json:
      guard let json = try? JSONDocument(parsing: body).root, let tree = try? DocumentTree(json: json) else {
        return nil
      }
      return Passage(envelope: envelope, type: type, source: tree, root: tree.root, json: json, body: body)
    case .xml:
      guard let tree = try? DocumentTree(parsing: body, as: .xml, xml: .recorded) else { return nil }
      return Passage(envelope: envelope, type: type, source: tree, root: tree.root, json: nil, body: body)
    }
  }
}

extension XMLLimits {
  /// For what was received and recorded: its door has looked at its size.
  static let recorded = XMLLimits(bytes: 1 << 30)
}
