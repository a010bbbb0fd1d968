package import ServiceKit
package import XMLKit

/// One address of a simulated service.
package struct ServiceOperation: Sendable {
  /// Which dossiers it takes.
  package enum Takes: String, Sendable, CaseIterable {
    /// Those it does not have; one that it has is answered `alreadyThere`.
    case new
    /// Those it has; any other is answered `unknown`.
    case known
    /// All.
    case any
  }

  /// What a body is.
  package enum Form: String, Sendable, CaseIterable {
    case json
    case xml
    case form
    case multipart
  }

  /// Where in the body the document stands.
  package struct Place: Sendable {
    package enum Spot: Sendable {
      /// An element or a text of the body.
      case expression(XPathExpression)
      /// A field of a form, or a part.
      case field(String)
    }

    package var spot: Spot
    /// What a text there is; nil where the document is an element of the body itself.
    package var format: Form?
    package var isBase64: Bool
  }

  /// A rule of the service's own, looked at before the message is taken.
  package struct Rule: Sendable {
    package var when: XPathExpression
    package var answer: String
  }

  package var name: String
  package var method: String
  package var path: [String]
  /// The element in the Body of SOAP that it is called by, where several are called at one path.
  package var call: String?
  /// Pieces of the query that must be there, by name.
  package var query: [String: String]
  /// Header fields that must be there, by name.
  package var headers: [String: String]
  package var form: Form
  /// Of the whole body, below `Schemas/`.
  package var schema: String?
  package var place: Place?
  /// Of the document in it.
  package var documentSchema: String?
  /// The dossier's code, at the document's root.
  package var dossier: XPathExpression
  package var takes: Takes
  /// A text of the document by which one that is had already comes to be done again; nil where there is no such thing.
  package var again: XPathExpression?
  /// A box from which the dossier's documents go when this is taken; nil for none.
  package var removes: String?
  /// What it hands out; nil for an operation that takes.
  package var gives: ServiceGives?
  package var checksum: ServiceChecksum?
  package var rules: [Rule]
  package var answers: [String: AnswerTemplate]

  /// Names of the answers that every operation has.
  static let everyAnswer = ["accepted", "invalid", "refused"]

  /// The pieces of the path that a description leaves open, by name; nil for another path.
  func open(_ path: [String]) -> [String: String]? {
    guard path.count == self.path.count else { return nil }
    var found: [String: String] = [:]
    for (own, given) in zip(self.path, path) {
      if own.hasPrefix("{"), own.hasSuffix("}") {
        found[String(own.dropFirst().dropLast())] = given
      } else if own != given {
        return nil
      }
    }
    return found
  }
}
