import XMLKit

/// A declaration or definition, with the file that says what its names mean.
struct XSDComponent: Hashable {
  enum Kind: String, CaseIterable {
    case element
    case attribute
    case complexType
    case simpleType
    case group
    case attributeGroup
  }

  let node: XMLNode
  let file: XSDFile

  static func == (left: XSDComponent, right: XSDComponent) -> Bool {
    left.node == right.node && left.file === right.file
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(node)
    hasher.combine(ObjectIdentifier(file))
  }

  var position: String { file.position(of: node) }

  /// The child of XML Schema with one of these names.
  func first(_ names: String...) -> XSDComponent? { children.first { names.contains($0.node.localName) } }

  /// The children that belong to XML Schema, annotations left out.
  var children: [XSDComponent] {
    node.elements.filter { $0.namespace == XSDName.schemaNamespace && $0.localName != "annotation" }
      .map { XSDComponent(node: $0, file: file) }
  }

  func text(_ attribute: String) -> String? { node.attribute(named: attribute)?.text }

  /// The name that an attribute holds.
  func reference(_ attribute: String) -> XSDName? { text(attribute).map { file.name($0, at: node) } }

  func isTrue(_ attribute: String) -> Bool { text(attribute) == "true" || text(attribute) == "1" }

  /// `minOccurs` and `maxOccurs`.
  var occurs: SchemaShape.Occurs {
    let minimum = text("minOccurs").flatMap { Int($0) } ?? 1
    let maximum = text("maxOccurs")
    return SchemaShape.Occurs(minimum, maximum == "unbounded" ? nil : maximum.flatMap { Int($0) } ?? 1)
  }

  /// The words of its annotation in one line.
  var note: String {
    let annotations = node.elements.filter { $0.isNamed("annotation", namespace: .uri(XSDName.schemaNamespace)) }
    let texts = annotations.flatMap { annotation in
      annotation.elements.filter { $0.localName == "documentation" }.map(\.text)
    }
    return texts.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
