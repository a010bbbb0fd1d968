package import DocumentKit
package import JSONKit

/// A schema as a tree for machines: what `SchemaOutline` shows people, and nothing shortened.
///
/// A place that contains itself is written without its content the second time and marked `recursive`, so that the tree
/// ends.
package struct SchemaOutlineJSON {
  private let shape: SchemaShape
  private let roots: [SchemaShape.Place.ID]

  package init(_ shape: SchemaShape, roots: [SchemaShape.Place.ID]) {
    self.shape = shape
    self.roots = roots
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("format", shape.format.rawValue)
    writer.member("roots", roots) { root, writer in write(root, inside: [], to: &writer) }
    writer.member("conditions", shape.conditions) { condition, writer in
      writer.member("construct", condition.construct)
      writer.member("text", condition.rule)
      writer.member("position", condition.position)
    }
    writer.member("unsupported", shape.unsupported) { construct, writer in
      writer.member("construct", construct.construct)
      writer.member("text", construct.consequence.english)
      writer.member("position", construct.position)
    }
    writer.endObject()
  }

  /// The members of the object that stands for a place; `inside` are the places around it.
  private func write(_ id: SchemaShape.Place.ID, inside: [SchemaShape.Place.ID], to writer: inout JSONWriter) {
    let place = shape[id]
    let isRecursive = inside.contains(id)
    writer.member("name", place.name)
    writer.member("namespace", place.namespace)
    writer.member("attribute", place.kind == .attribute)
    if let value = place.value { SchemaRulesText.write(value, to: &writer) }
    writer.member("nillable", place.isNillable)
    writer.member("note", place.note)
    writer.member("position", place.position)
    writer.member("recursive", isRecursive)
    guard !isRecursive else { return }
    writer.member("attributes", place.attributes) { attribute, writer in
      writer.member("required", attribute.isRequired)
      write(attribute.place, inside: inside + [id], to: &writer)
    }
    writer.member("otherAttributes", place.allowsOtherAttributes)
    guard let content = place.content else { return }
    writer.name("content")
    writer.beginObject()
    write(content, inside: inside + [id], to: &writer)
    writer.endObject()
  }

  private func write(
    _ particle: SchemaShape.Particle, inside: [SchemaShape.Place.ID], to writer: inout JSONWriter,
  ) {
    switch particle {
    case .place(let id, let occurs, let isList):
      begin("place", occurs, &writer)
      writer.member("list", isList)
      writer.name("place")
      writer.beginObject()
      write(id, inside: inside, to: &writer)
      writer.endObject()
    case .sequence(let parts, let occurs): write("sequence", parts, occurs, inside, &writer)
    case .choice(let parts, let occurs): write("choice", parts, occurs, inside, &writer)
    case .all(let parts, let occurs): write("all", parts, occurs, inside, &writer)
    case .wildcard(let occurs): begin("others", occurs, &writer)
    }
  }

  private func write(
    _ name: String, _ parts: [SchemaShape.Particle], _ occurs: SchemaShape.Occurs, _ inside: [SchemaShape.Place.ID],
    _ writer: inout JSONWriter,
  ) {
    begin(name, occurs, &writer)
    writer.member("parts", parts) { part, writer in write(part, inside: inside, to: &writer) }
  }

  private func begin(_ part: String, _ occurs: SchemaShape.Occurs, _ writer: inout JSONWriter) {
    writer.member("part", part)
    SchemaRulesText.write(occurs, to: &writer)
  }
}
