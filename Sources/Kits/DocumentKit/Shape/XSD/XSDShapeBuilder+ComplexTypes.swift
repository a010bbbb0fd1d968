import XMLKit

extension XSDShapeBuilder {
  mutating func complexType(_ type: XSDComponent) throws(SchemaShapeError) -> XSDContent {
    try draft.enter(at: type.position)
    defer { draft.leave() }
    if type.isTrue("abstract") {
      draft.noteUnsupported(
        "abstract type", at: type.position,
        Sentence(
          "documents name another type with xsi:type, whose content is not shown; declare elements of that type",
          "tài liệu nêu kiểu khác bằng xsi:type, nội dung của kiểu đó không được thể hiện; hãy khai báo phần tử thuộc kiểu đó"
        ))
    }
    var content: XSDContent
    if let simple = type.first("simpleContent") {
      content = try derived(simple, isMixed: false)
    } else if let complex = type.first("complexContent") {
      content = try derived(complex, isMixed: complex.isTrue("mixed") || type.isTrue("mixed"))
    } else {
      content = XSDContent()
      try addOwn(of: type, to: &content)
      if type.isTrue("mixed") { content.value = Self.mixedText }
    }
    content.note = type.note
    return content
  }

  /// Text between elements.
  private static var mixedText: ValueRules { ValueRules(.string, typeName: "mixed") }

  private mutating func derived(_ part: XSDComponent, isMixed: Bool) throws(SchemaShapeError) -> XSDContent {
    guard let derivation = part.first("extension", "restriction"), let base = derivation.reference("base") else {
      throw SchemaShapeError(.schema, at: part.position, "xs:\(part.node.localName) needs an extension or restriction.")
    }
    var content = try type(named: base, at: derivation)
    if derivation.node.localName == "extension" {
      let inherited = content.particle
      content.particle = nil
      try addOwn(of: derivation, to: &content)
      if let inherited {
        content.particle = content.particle.map { .sequence([inherited, $0], .once) } ?? inherited
      }
    } else if part.node.localName == "simpleContent" {
      if let inner = derivation.first("simpleType") { content.value = try simpleType(inner) }
      if let value = content.value { content.value = try restricted(value, by: derivation) }
      try addOwn(of: derivation, to: &content)
    } else {
      content.particle = nil
      content.allowsOtherAttributes = false
      if base.isBuiltIn { content = XSDContent() }
      try addOwn(of: derivation, to: &content)
    }
    if isMixed { content.value = Self.mixedText }
    return content
  }

  /// Adds the particle and the attributes that a type, extension or restriction declares itself.
  private mutating func addOwn(of part: XSDComponent, to content: inout XSDContent) throws(SchemaShapeError) {
    for child in part.children {
      switch child.node.localName {
      case "sequence", "choice", "all", "group": content.particle = try particle(child)
      default: try addAttribute(child, to: &content)
      }
    }
  }

  // MARK: Attributes

  private mutating func addAttribute(_ part: XSDComponent, to content: inout XSDContent) throws(SchemaShapeError) {
    switch part.node.localName {
    case "attribute":
      let declared: XSDComponent
      if let name = part.reference("ref") {
        if name.namespace == "http://www.w3.org/XML/1998/namespace" {
          return draft.noteCondition(
            "xml:\(name.local)", at: part.position, "an attribute of XML itself, which is no part of the tree's paths")
        }
        declared = try require(.attribute, name, at: part)
      } else {
        declared = part
      }
      let name = attributeName(declared)
      content.attributes.removeAll { attributeNames[$0.place] == name }
      guard part.text("use") != "prohibited" else { return }
      let place = try attribute(declared, name, use: part)
      content.attributes.append(SchemaShape.Attribute(place, isRequired: part.text("use") == "required"))
    case "attributeGroup":
      guard let name = part.reference("ref") else { return }
      try draft.enter(at: part.position)
      defer { draft.leave() }
      for child in try require(.attributeGroup, name, at: part).children { try addAttribute(child, to: &content) }
    case "anyAttribute": content.allowsOtherAttributes = true
    default: break
    }
  }

  private func attributeName(_ declared: XSDComponent) -> XSDName {
    let isGlobal = declared.node.parent?.isNamed("schema") ?? false
    let isQualified = isGlobal || declared.text("form").map { $0 == "qualified" } ?? declared.file.qualifiesAttributes
    return XSDName(
      namespace: isQualified ? declared.file.targetNamespace : nil, local: declared.text("name") ?? "")
  }

  /// The declaration as it is used here, with the default or fixed value of the use.
  private mutating func attribute(
    _ declared: XSDComponent, _ name: XSDName, use: XSDComponent,
  ) throws(SchemaShapeError) -> SchemaShape.Place.ID {
    if let id = known[use] { return id }
    var value: ValueRules?
    if let type = declared.reference("type") {
      value = try simpleType(named: type, at: declared)
    } else if let inner = declared.first("simpleType") {
      value = try simpleType(inner)
    } else {
      value = XSDBuiltInType.rules("anySimpleType")
    }
    value?.fixed = use.text("fixed") ?? declared.text("fixed")
    value?.defaultText = use.text("default") ?? declared.text("default")
    let note = use.note
    let id = try draft.reserve(at: use.position)
    draft.fill(
      id,
      SchemaShape.Place(
        name: name.local, namespace: name.namespace, kind: .attribute, value: value,
        note: note.isEmpty ? declared.note : note, position: declared.position))
    known[use] = id
    attributeNames[id] = name
    return id
  }
}
