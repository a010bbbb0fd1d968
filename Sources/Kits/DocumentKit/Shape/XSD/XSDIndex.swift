import XMLKit

/// Every global component of a schema, with those of the files it includes and imports.
struct XSDIndex {
  private struct Key: Hashable {
    let kind: XSDComponent.Kind
    let name: XSDName
  }

  private struct Visit: Hashable {
    let path: String
    let namespace: String?
  }

  private var components: [Key: XSDComponent] = [:]
  private var members: [XSDName: [XSDName]] = [:]
  private var visited: Set<Visit> = []
  /// The global elements in the order of the files, those of imported namespaces apart.
  private(set) var ownElements: [XSDName] = []
  private(set) var importedElements: [XSDName] = []
  /// `xs:redefine` elements.
  private(set) var redefinitions: [XSDComponent] = []
  private let files: XMLSchemaFiles
  private let shownPath: String

  /// `path` is how the main file is called in messages.
  init(_ files: XMLSchemaFiles, shownAs path: String) throws(SchemaShapeError) {
    self.files = files
    shownPath = path
    guard let main = XSDFile(path: path, document: files.main.document, includedInto: nil) else {
      throw SchemaShapeError(.schema, at: path, "This is XML but no XML Schema: its root must be xs:schema.")
    }
    try add(main, resolvedPath: files.main.path, isImported: false)
  }

  func component(_ kind: XSDComponent.Kind, _ name: XSDName) -> XSDComponent? {
    components[Key(kind: kind, name: name)]
  }

  /// The elements that may stand for this one, without itself: those of its substitution group and of theirs.
  func substitutes(of head: XSDName) -> [XSDName] {
    var found: [XSDName] = []
    var rest = members[head] ?? []
    while !rest.isEmpty {
      let next = rest.removeFirst()
      guard next != head, !found.contains(next) else { continue }
      found.append(next)
      rest += members[next] ?? []
    }
    return found
  }

  private mutating func add(_ file: XSDFile, resolvedPath: String, isImported: Bool) throws(SchemaShapeError) {
    guard visited.insert(Visit(path: resolvedPath, namespace: file.targetNamespace)).inserted,
      let root = file.document.root
    else { return }
    for component in XSDComponent(node: root, file: file).children {
      if let kind = XSDComponent.Kind(rawValue: component.node.localName) {
        register(component, kind, isImported: isImported)
      } else if ["include", "redefine", "import"].contains(component.node.localName) {
        try follow(component, isImported: isImported)
      }
    }
  }

  private mutating func register(_ component: XSDComponent, _ kind: XSDComponent.Kind, isImported: Bool) {
    guard let local = component.text("name") else { return }
    let name = XSDName(namespace: component.file.targetNamespace, local: local)
    // libxml2 refuses a schema that defines one thing twice; the same file may be reached in two ways.
    guard components[Key(kind: kind, name: name)] == nil else { return }
    components[Key(kind: kind, name: name)] = component
    guard kind == .element else { return }
    if isImported { importedElements.append(name) } else { ownElements.append(name) }
    if let head = component.reference("substitutionGroup") { members[head, default: []].append(name) }
  }

  private mutating func follow(_ reference: XSDComponent, isImported: Bool) throws(SchemaShapeError) {
    let isImport = reference.node.localName == "import"
    if reference.node.localName == "redefine", !reference.children.isEmpty { redefinitions.append(reference) }
    guard let location = reference.text("schemaLocation"), let target = files[location] else { return }
    guard
      let file = XSDFile(
        path: shown(target.path), document: target.document,
        includedInto: isImport ? nil : reference.file.targetNamespace)
    else { throw SchemaShapeError(.schema, at: reference.position, "The file it refers to is no XML Schema.") }
    try add(file, resolvedPath: target.path, isImported: isImported || isImport)
  }

  /// Neighbours of the main file are called as it is.
  private func shown(_ path: String) -> String {
    let resolved = Self.folder(of: files.main.path)
    return path.hasPrefix(resolved) ? Self.folder(of: shownPath) + path.dropFirst(resolved.count) : path
  }

  /// With the slash at its end.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}
