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

  /// Writes the parts of an element in the order of the schema; parts of one name keep theirs.
  static func write(
    _ name: String, _ parts: [CanonicalPart], in order: [String], to builder: inout XMLTreeBuilder
  ) throws(XMLError) {
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($0.element, $0.offset) })
    let sorted = parts.enumerated().sorted { left, right in
      let (first, second) = (places[left.element.name] ?? order.count, places[right.element.name] ?? order.count)
      return (first, left.offset) < (second, right.offset)
    }
    builder.open(name)
    for (_, part) in sorted { try part.write(to: &builder) }
    builder.close()
  }

  private func write(to builder: inout XMLTreeBuilder) throws(XMLError) {
    switch self {
    case .text(let name, let text):
      builder.open(name)
      try builder.text(text)
      builder.close()
    case .parts("entry", let parts): try Self.write("entry", parts, in: CanonicalOrder.entry, to: &builder)
    case .parts(let name, let parts):
      builder.open(name)
      for part in parts { try part.write(to: &builder) }
      builder.close()
    case .node(let node): builder.copy(node)
    }
  }
}
