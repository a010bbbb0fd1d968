package import DocumentKit

/// A schema as an indented tree that people can read.
package struct SchemaOutline {
  private let shape: SchemaShape
  package private(set) var lines: [String] = []
  private var open: [SchemaShape.Place.ID] = []

  package init(_ shape: SchemaShape, roots: [SchemaShape.Place.ID]) {
    self.shape = shape
    for root in roots {
      if !lines.isEmpty { lines.append("") }
      add(root, "1", indent: 0)
    }
    if !shape.conditions.isEmpty { lines += ["", "Rules beside the tree:"] }
    lines += shape.conditions.map { "  \($0.construct): \($0.rule) (\($0.position))" }
    if !shape.unsupported.isEmpty { lines += ["", "Not shown:"] }
    lines += shape.unsupported.map { "  \($0.construct): \($0.consequence) (\($0.position))" }
  }

  private mutating func add(_ id: SchemaShape.Place.ID, _ occurs: String, indent: Int) {
    let place = shape[id]
    var parts = [(place.kind == .attribute ? "@" : "") + place.name, occurs]
    if let value = place.value {
      parts.append(SchemaRulesText.type(value))
      if let enumeration = value.enumeration { parts.append("{" + enumeration.joined(separator: "|") + "}") }
      parts += SchemaRulesText.facets(value)
    }
    if place.isNillable { parts.append("may be null") }
    let isOpen = open.contains(id)
    if isOpen { parts.append("… as above") }
    let note = place.note.isEmpty ? "" : "   — \(Self.short(place.note))"
    lines.append(String(repeating: "  ", count: indent) + parts.joined(separator: "  ") + note)
    guard !isOpen else { return }
    open.append(id)
    for attribute in place.attributes { add(attribute.place, attribute.isRequired ? "1" : "0..1", indent: indent + 1) }
    if let content = place.content { add(content, indent: indent + 1) }
    if place.allowsOtherAttributes { line("(other attributes)", indent: indent + 1) }
    open.removeLast()
  }

  private mutating func add(_ particle: SchemaShape.Particle, indent: Int) {
    switch particle {
    case .place(let id, let occurs, let isList):
      add(id, SchemaRulesText.text(occurs) + (isList ? " in a list" : ""), indent: indent)
    case .sequence(let parts, let occurs), .all(let parts, let occurs):
      // A group that is there once adds nothing to see.
      guard occurs != .once else { return parts.forEach { add($0, indent: indent) } }
      line("(together \(SchemaRulesText.text(occurs)))", indent: indent)
      parts.forEach { add($0, indent: indent + 1) }
    case .choice(let parts, let occurs):
      line("(one of \(SchemaRulesText.text(occurs)))", indent: indent)
      parts.forEach { add($0, indent: indent + 1) }
    case .wildcard: line("(others)", indent: indent)
    }
  }

  private mutating func line(_ text: String, indent: Int) {
    lines.append(String(repeating: "  ", count: indent) + text)
  }

  private static func short(_ note: String) -> String {
    note.count > 120 ? note.prefix(119) + "…" : note
  }
}
