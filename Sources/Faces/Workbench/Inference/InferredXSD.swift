import XMLKit

/// Writes what was learnt of XML documents as an XML Schema.
struct InferredXSD {
  let note: String
  private static let namespace = "http://www.w3.org/2001/XMLSchema"

  init(note: String) {
    self.note = note
  }

  func bytes(_ roots: [InferredElement]) throws(InferenceError) -> [UInt8] {
    let target = roots[0].namespace
    guard roots.allSatisfy({ $0.namespace == target }) else {
      throw InferenceError(description: "the documents have roots of several namespaces; draft one schema for each")
    }
    var tree = XMLTreeBuilder()
    do throws(XMLError) {
      tree.open("schema", namespace: Self.namespace, prefix: "xs")
      try tree.attribute("elementFormDefault", target == nil ? "unqualified" : "qualified")
      if let target { try tree.attribute("targetNamespace", target) }
      open("annotation", &tree)
      open("documentation", &tree)
      try tree.text(note)
      tree.close()
      tree.close()
    } catch {
      throw InferenceError(description: "the schema cannot be written: \(error)")
    }
    for root in roots { try write(root, target, occurs: nil, to: &tree) }
    tree.close()
    return tree.finish().serialised(indent: true)
  }

  private func open(_ name: String, _ tree: inout XMLTreeBuilder) {
    tree.open(name, namespace: Self.namespace, prefix: "xs")
  }

  private func attribute(_ name: String, _ value: String, _ tree: inout XMLTreeBuilder) throws(InferenceError) {
    do throws(XMLError) {
      try tree.attribute(name, value)
    } catch {
      throw InferenceError(description: "the schema cannot be written: \(error)")
    }
  }

  private func write(
    _ element: InferredElement, _ target: String?, occurs: (least: Int, most: Int)?, to tree: inout XMLTreeBuilder,
  ) throws(InferenceError) {
    open("element", &tree)
    try attribute("name", element.name, &tree)
    if let occurs {
      if occurs.least == 0 { try attribute("minOccurs", "0", &tree) }
      if occurs.most > 1 { try attribute("maxOccurs", "unbounded", &tree) }
      if element.namespace == nil, target != nil { try attribute("form", "unqualified", &tree) }
    }
    if element.isNil { try attribute("nillable", "true", &tree) }
    if element.children.isEmpty, element.attributes.isEmpty, !element.hasForeignAttributes {
      try writeSimpleType(element, to: &tree)
    } else {
      open("complexType", &tree)
      if element.texts.isMixed
        || (!element.children.isEmpty && element.texts.distinct.contains { !$0.allSatisfy(\.isWhitespace) })
      {
        try attribute("mixed", "true", &tree)
      }
      if element.children.isEmpty {
        try writeSimpleContent(element, to: &tree)
      } else {
        try writeContent(element, target, to: &tree)
        try writeAttributes(element, to: &tree)
      }
      tree.close()
    }
    tree.close()
  }

  private func writeContent(
    _ element: InferredElement, _ target: String?, to tree: inout XMLTreeBuilder,
  ) throws(InferenceError) {
    let own = element.children.filter { $0.namespace == target || $0.namespace == nil }
    if own.count == element.children.count, let ordered = element.commonOrder {
      open("sequence", &tree)
      for child in ordered {
        let presence = element.presence[ObjectIdentifier(child)] ?? (0, 1)
        let isAlways = presence.parents == element.count
        try write(child, target, occurs: (isAlways ? 1 : 0, presence.most), to: &tree)
      }
    } else {
      // The samples keep no order, or hold elements of other namespaces, which may be any.
      open("choice", &tree)
      try attribute("minOccurs", "0", &tree)
      try attribute("maxOccurs", "unbounded", &tree)
      for child in own { try write(child, target, occurs: (1, 1), to: &tree) }
      if own.count < element.children.count {
        open("any", &tree)
        try attribute("namespace", "##other", &tree)
        try attribute("processContents", "lax", &tree)
        tree.close()
      }
    }
    tree.close()
  }

  private func writeSimpleContent(_ element: InferredElement, to tree: inout XMLTreeBuilder) throws(InferenceError) {
    open("simpleContent", &tree)
    open("extension", &tree)
    try attribute("base", builtIn(element.texts), &tree)
    try writeAttributes(element, to: &tree)
    tree.close()
    tree.close()
  }

  private func writeAttributes(_ element: InferredElement, to tree: inout XMLTreeBuilder) throws(InferenceError) {
    for declared in element.attributes {
      open("attribute", &tree)
      try attribute("name", declared.name, &tree)
      if declared.count == element.count { try attribute("use", "required", &tree) }
      try writeSimpleType(declared, to: &tree)
      tree.close()
    }
    if element.hasForeignAttributes {
      open("anyAttribute", &tree)
      try attribute("processContents", "lax", &tree)
      tree.close()
    }
  }

  /// The `type` of the open declaration, or a restriction inside of it.
  private func writeSimpleType(_ element: InferredElement, to tree: inout XMLTreeBuilder) throws(InferenceError) {
    let texts = element.texts
    let form = texts.form
    let values = form == nil && !element.isNil ? texts.enumeration : nil
    guard values != nil || form?.isSpelling == true else { return try attribute("type", builtIn(texts), &tree) }
    open("simpleType", &tree)
    if let form {
      open("annotation", &tree)
      open("documentation", &tree)
      try text("The time format is \(form.rawValue).", &tree)
      tree.close()
      tree.close()
    }
    open("restriction", &tree)
    try attribute("base", "xs:string", &tree)
    if let form {
      open("pattern", &tree)
      try attribute("value", form.pattern, &tree)
      tree.close()
    }
    for value in values ?? [] {
      open("enumeration", &tree)
      try attribute("value", value, &tree)
      tree.close()
    }
    tree.close()
    tree.close()
  }

  private func text(_ text: String, _ tree: inout XMLTreeBuilder) throws(InferenceError) {
    do throws(XMLError) {
      try tree.text(text)
    } catch {
      throw InferenceError(description: "the schema cannot be written: \(error)")
    }
  }

  private func builtIn(_ texts: InferredTexts) -> String {
    switch texts.form {
    case .boolean: "xs:boolean"
    case .integer: "xs:integer"
    case .decimal: "xs:decimal"
    case .dateTime: "xs:dateTime"
    case .date: "xs:date"
    case .address: "xs:anyURI"
    default: "xs:string"
    }
  }
}
