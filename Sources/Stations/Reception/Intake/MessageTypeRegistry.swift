package import DocumentKit
package import DossierModel
package import XMLKit

/// The types of message of all registered tongues, and which of them a document is.
package final class MessageTypeRegistry: Sendable {
  /// A class, so that asking one after the other copies none of their parts.
  private final class Recogniser: Sendable {
    let type: MessageType
    let expression: XPathExpression
    let identity: XPathExpression?

    init(type: MessageType, expression: XPathExpression, identity: XPathExpression?) {
      self.type = type
      self.expression = expression
      self.identity = identity
    }
  }

  private let recognisers: [String: Recogniser]
  private let byFormat: [DocumentTree.Format: [Recogniser]]
  /// All types, by name.
  package let types: [MessageType]

  /// Compiles the types' expressions; the error names the type whose expression is wrong.
  package init(_ types: [MessageType]) throws(XMLError) {
    var recognisers: [String: Recogniser] = [:]
    for type in types {
      do throws(XMLError) {
        recognisers[type.name] = Recogniser(
          type: type, expression: try XPathExpression(type.recognise),
          identity: try type.identity.map { identity throws(XMLError) in try XPathExpression(identity) })
      } catch {
        throw XMLError(error.code, "message type '\(type.name)': \(error.message)", cause: error)
      }
    }
    self.recognisers = recognisers
    let ordered = recognisers.values.sorted { $0.type.name < $1.type.name }
    self.types = ordered.map(\.type)
    byFormat = Dictionary(grouping: ordered) { $0.type.format }
  }

  package subscript(_ name: String) -> MessageType? { recognisers[name]?.type }

  /// The types of this format that recognise the document whose message starts at `root`.
  package func recognise(_ root: XMLNode, format: DocumentTree.Format) throws(XMLError) -> [MessageType] {
    var found: [MessageType] = []
    for recogniser in byFormat[format] ?? [] where try recogniser.expression.boolean(at: root) {
      found.append(recogniser.type)
    }
    return found
  }

  /// The tongue's own identity of a message, where it has one.
  package func identity(of root: XMLNode, type: MessageType) throws(XMLError) -> String? {
    guard let text = try recognisers[type.name]?.identity?.string(at: root), !text.isEmpty else { return nil }
    return text
  }
}
