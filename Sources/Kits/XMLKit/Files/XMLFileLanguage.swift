/// How the files of a language refer to one another.
enum XMLFileLanguage: Sendable {
  /// `xs:import`, `xs:include` and `xs:redefine`; imports are looked up in the catalogue by namespace first.
  case schema(XMLCatalogue)
  /// `xsl:import` and `xsl:include`.
  case stylesheet

  /// One element that refers to another file.
  struct Reference {
    let element: XMLNode
    /// The attribute that names the file.
    let attribute: String
    let location: String?
    /// The file the catalogue gives instead.
    let catalogued: String?
    let namespace: String?
  }

  private static let schemaNamespace = "http://www.w3.org/2001/XMLSchema"
  private static let stylesheetNamespace = "http://www.w3.org/1999/XSL/Transform"

  func references(in document: XMLDocument) -> [Reference] {
    guard let root = document.root else { return [] }
    return root.elements.compactMap { element in
      switch self {
      case .schema(let catalogue): Self.schemaReference(element, catalogue)
      case .stylesheet: Self.stylesheetReference(element)
      }
    }
  }

  private static func schemaReference(_ element: XMLNode, _ catalogue: XMLCatalogue) -> Reference? {
    guard element.namespace == schemaNamespace else { return nil }
    let isImport = element.localName == "import"
    guard isImport || element.localName == "include" || element.localName == "redefine" else { return nil }
    let namespace = isImport ? element.attribute(named: "namespace")?.text : nil
    let location = element.attribute(named: "schemaLocation")?.text
    let catalogued = namespace.flatMap { catalogue.files[$0] }
    // An import without location only announces that names of a namespace are used.
    guard location != nil || catalogued != nil else { return nil }
    return Reference(
      element: element, attribute: "schemaLocation", location: location, catalogued: catalogued, namespace: namespace)
  }

  private static func stylesheetReference(_ element: XMLNode) -> Reference? {
    guard element.namespace == stylesheetNamespace, element.localName == "import" || element.localName == "include",
      let location = element.attribute(named: "href")?.text
    else { return nil }
    return Reference(element: element, attribute: "href", location: location, catalogued: nil, namespace: nil)
  }
}
