import DocumentKit
import XMLKit

/// An element of a sample while it is made: changed until the schema accepts the whole.
struct SampleNode {
  enum Part {
    case node(SampleNode)
    /// An array without values, by its element name.
    case emptyList(String)
    /// An element that the schema does not name and asks for all the same.
    case other(namespace: String?)
  }

  let place: SchemaShape.Place.ID
  let isList: Bool
  var kind: NodeTag.Kind
  var attributes: [(place: SchemaShape.Place.ID, text: String)] = []
  var text = ""
  var parts: [Part] = []

  init(_ place: SchemaShape.Place.ID, isList: Bool, kind: NodeTag.Kind) {
    self.place = place
    self.isList = isList
    self.kind = kind
  }

  /// The document in the format of its schema, indented or on one line.
  func bytes(_ shape: SchemaShape, isIndented: Bool) throws(SampleError) -> [UInt8] {
    do {
      var builder = XMLTreeBuilder()
      try write(shape, to: &builder)
      let document = builder.finish()
      return shape.format == .json
        ? try DocumentTree(tagged: document).json(indent: isIndented ? 2 : nil)
        : document.serialised(indent: isIndented, declaration: isIndented)
    } catch {
      throw SampleError(.text, "A text of '\(shape[place].name)' cannot stand in a document: \(error).")
    }
  }

  private func write(_ shape: SchemaShape, to builder: inout XMLTreeBuilder) throws(XMLError) {
    let declared = shape[place]
    builder.open(
      declared.name, namespace: declared.namespace,
      mark: XMLNodeMark(tag: shape.format == .json ? NodeTag(kind, isListMember: isList).rawValue : 0))
    for attribute in attributes {
      let declared = shape[attribute.place]
      try builder.attribute(
        declared.name, attribute.text, namespace: declared.namespace,
        prefix: declared.namespace == nil ? nil : "n\(attribute.place.index)")
    }
    if !text.isEmpty { try builder.text(text) }
    for part in parts {
      switch part {
      case .node(let node): try node.write(shape, to: &builder)
      case .other(let namespace):
        builder.open(
          "khac", namespace: namespace,
          mark: XMLNodeMark(tag: shape.format == .json ? NodeTag(.string).rawValue : 0))
        builder.close()
      case .emptyList(let name): builder.processingInstruction(DocumentTree.emptyListTarget, name)
      }
    }
    builder.close()
  }
}
