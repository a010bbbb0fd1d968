import DocumentKit
import XMLKit

/// A piece of a canonical document that is being put together: new, or taken over from another document.
enum CanonicalPart {
  case text(String, String)
  case parts(String, [CanonicalPart])
  case node(XMLNode)

  var name: String {
    switch self {
    case .text(let name, _), .parts(let name, _): name
    case .node(let node): node.localName
    }
  }

  /// Writes the parts of the element at a path in the schema's order; parts of one name keep theirs.
  static func write(
    _ name: String, at path: String, _ parts: [CanonicalPart], in order: ElementOrder, to builder: inout XMLTreeBuilder
  ) throws(XMLError) {
    builder.open(name)
    for part in order.sorted(parts, at: path, by: \.name) { try part.write(below: path, in: order, to: &builder) }
    builder.close()
  }

  private func write(below path: String, in order: ElementOrder, to builder: inout XMLTreeBuilder) throws(XMLError) {
    switch self {
    case .text(let name, let text):
      builder.open(name)
      try builder.text(text)
      builder.close()
    case .parts(let name, let parts): try Self.write(name, at: "\(path)/\(name)", parts, in: order, to: &builder)
    case .node(let node): builder.copy(node)
    }
  }
}
