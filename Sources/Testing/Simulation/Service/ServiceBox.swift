import CryptographyKit
import JSONKit
package import ServiceKit
package import XMLKit

/// What a simulated service has for those who ask: documents that wait to be fetched.
package struct ServiceBox: Sendable {
  /// At the root of a document.
  package var dossier: XPathExpression
  /// The service's own name of a document; nil where it is a number.
  package var id: XPathExpression?

  /// A document that waits.
  struct Item: Sendable {
    let number: Int
    let id: String
    let dossier: String
    let document: [UInt8]
    let at: Timestamp

    /// Names of one kind are of one length, or numbers.
    func isBehind(_ cursor: String) -> Bool { (id.utf8.count, id) > (cursor.utf8.count, cursor) }
  }
}

/// How an operation hands out what is in a box.
package struct ServiceGives: Sendable {
  /// Where a request says something.
  package enum Word: Sendable {
    case query(String)
    /// In the body.
    case at(XPathExpression)
    /// A piece of the path, `{NAME}` in the description.
    case path(String)
  }

  package var box: String
  /// Only those documents at whose root this is true; nil for all.
  package var condition: XPathExpression?
  /// What stands in the list for a document, with places such as `{number}` and `{dossier}`; nil for the document itself.
  package var entry: AnswerTemplate?
  /// Only those behind this one.
  package var after: Word?
  package var from: Word?
  package var until: Word?
  package var page: Word?
  package var size: Word?
  package var dossiers: Word?
  /// Only this one: by its id, or its number.
  package var one: Word?
  /// Whether what is given leaves the box.
  package var removes: Bool
}
