import XMLKit

/// Makes the shape of an XML Schema 1.0 by reading its documents.
///
/// libxml2 has compiled the schema before, so what is read here is a schema; what it means is followed for sequences,
/// choices, `all`, groups, derived types, references, includes, imports, substitution groups, wildcards, lists and
/// unions. `xsi:type` in a document is not followed: the declared type is the type.
struct XSDShapeBuilder {
  let index: XSDIndex
  var draft: SchemaShapeDraft
  /// Declarations that have their number; an attribute counts once for each use.
  var known: [XSDComponent: SchemaShape.Place.ID] = [:]
  var attributeNames: [SchemaShape.Place.ID: XSDName] = [:]

  init(_ index: XSDIndex, limits: SchemaShapeLimits) {
    self.index = index
    draft = SchemaShapeDraft(limits: limits)
  }

  static func shape(_ index: XSDIndex, limits: SchemaShapeLimits) throws(SchemaShapeError) -> SchemaShape {
    var builder = XSDShapeBuilder(index, limits: limits)
    var roots: [SchemaShape.Place.ID] = []
    let names = index.ownElements.isEmpty ? index.importedElements : index.ownElements
    for name in names {
      guard let element = index.component(.element, name), !element.isTrue("abstract") else { continue }
      roots.append(try builder.element(element, isGlobal: true))
    }
    for redefinition in index.redefinitions {
      builder.draft.noteUnsupported(
        "xs:redefine", at: redefinition.position,
        Sentence(
          "the types are shown as they were before they were redefined; define them once instead",
          "các kiểu được thể hiện như trước khi định nghĩa lại; hãy chỉ định nghĩa một lần"))
    }
    return try builder.draft.finish(.xml, roots: roots)
  }

  // MARK: Elements

  /// The declaration as a place, the same for each use.
  mutating func element(_ element: XSDComponent, isGlobal: Bool) throws(SchemaShapeError) -> SchemaShape.Place.ID {
    if let id = known[element] { return id }
    let id = try draft.reserve(at: element.position)
    known[element] = id
    try draft.enter(at: element.position)
    defer { draft.leave() }
    var content = try type(of: element)
    content.value?.fixed = element.text("fixed")
    content.value?.defaultText = element.text("default")
    for rule in element.children where ["key", "keyref", "unique"].contains(rule.node.localName) {
      draft.noteCondition(
        "xs:" + rule.node.localName, at: rule.position, "values that belong together are compared with one another")
    }
    let isQualified = isGlobal || element.text("form").map { $0 == "qualified" } ?? element.file.qualifiesElements
    let note = element.note
    draft.fill(
      id,
      SchemaShape.Place(
        name: element.text("name") ?? "", namespace: isQualified ? element.file.targetNamespace : nil, kind: .element,
        value: content.value, attributes: content.attributes, content: content.particle,
        isNillable: element.isTrue("nillable"), allowsOtherAttributes: content.allowsOtherAttributes,
        note: note.isEmpty ? content.note : note, position: element.position))
    return id
  }

  private mutating func type(of element: XSDComponent) throws(SchemaShapeError) -> XSDContent {
    if let name = element.reference("type") { return try type(named: name, at: element) }
    if let inner = element.first("complexType") { return try complexType(inner) }
    if let inner = element.first("simpleType") { return XSDContent(value: try simpleType(inner)) }
    if let head = element.reference("substitutionGroup") {
      return try type(of: try require(.element, head, at: element))
    }
    return .anything
  }

  func require(
    _ kind: XSDComponent.Kind, _ name: XSDName, at place: XSDComponent,
  ) throws(SchemaShapeError) -> XSDComponent {
    guard let component = index.component(kind, name) else {
      throw SchemaShapeError(
        .schema, at: place.position, "There is no xs:\(kind.rawValue) '\(name)'; define or import it.")
    }
    return component
  }

  /// The type of a name, complex or simple.
  mutating func type(named name: XSDName, at place: XSDComponent) throws(SchemaShapeError) -> XSDContent {
    if name.isBuiltIn {
      if name.local == "anyType" { return .anything }
      return XSDContent(value: try simpleType(named: name, at: place))
    }
    if let simple = index.component(.simpleType, name) {
      var content = XSDContent(value: try simpleType(named: name, at: place))
      content.note = simple.note
      return content
    }
    return try complexType(try require(.complexType, name, at: place))
  }
}
