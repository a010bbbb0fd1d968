import DocumentKit
package import DossierModel
package import XMLKit

/// What a site knows of certain dossiers and their senders do not tell, such as the name that goes with a procedure's code.
package struct Enrichment: Sendable {
  /// A text at a path of the canonical dossier, such as `procedure/name`.
  package struct Addition: Sendable, Equatable {
    package var path: [String]
    package var text: String

    package init(path: [String], text: String) {
      self.path = path
      self.text = text
    }
  }

  /// An element and what is in it: a text, or elements.
  private struct Part: Sendable {
    let name: String
    var text: String?
    var parts: [Part] = []
  }

  /// Of whose messages; nil for all.
  private let senders: Set<PartyID>?
  /// On the canonical dossier; nil for all.
  private let condition: XPathExpression?
  private let parts: [Part]

  /// - Parameter additions: none may be the beginning of another; their texts are such as XML can carry.
  package init(senders: Set<PartyID>?, condition: XPathExpression?, additions: [Addition]) {
    self.senders = senders
    self.condition = condition
    parts = additions.reduce(into: []) { Self.add($1.text, at: $1.path[...], to: &$0) }
  }

  private static func add(_ text: String, at path: ArraySlice<String>, to parts: inout [Part]) {
    guard let name = path.first else { return }
    let place = parts.firstIndex { $0.name == name } ?? parts.endIndex
    if place == parts.endIndex { parts.append(Part(name: name)) }
    if path.count == 1 {
      parts[place].text = text
    } else {
      add(text, at: path.dropFirst(), to: &parts[place].parts)
    }
  }

  /// Whether it is for this dossier; a condition that fails on it does not hold.
  func applies(to dossier: XMLNode, from sender: PartyID) -> Bool {
    (senders?.contains(sender) ?? true) && condition.map { (try? $0.boolean(at: dossier)) ?? false } ?? true
  }

  /// What it knows, as a dossier that tells nothing else.
  ///
  /// - Parameter order: in which its elements stand.
  func document(in order: ElementOrder) -> XMLDocument {
    var builder = XMLTreeBuilder()
    Self.write(Part(name: "dossier", parts: parts), at: "dossier", in: order, to: &builder)
    return builder.finish()
  }

  private static func write(
    _ part: Part, at path: String, in order: ElementOrder, to builder: inout XMLTreeBuilder
  ) {
    builder.open(part.name)
    if let text = part.text {
      do {
        try builder.text(text)
      } catch {
        preconditionFailure("a site's text was looked at when the site was read")
      }
    }
    for inner in order.sorted(part.parts, at: path, by: \.name) {
      write(inner, at: "\(path)/\(inner.name)", in: order, to: &builder)
    }
    builder.close()
  }
}
