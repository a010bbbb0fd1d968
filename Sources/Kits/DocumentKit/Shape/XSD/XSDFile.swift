import XMLKit

/// A schema document as it is read: a file without target namespace takes the one of the file that includes it.
final class XSDFile {
  /// As messages show it.
  let path: String
  let document: XMLDocument
  let targetNamespace: String?
  let qualifiesElements: Bool
  let qualifiesAttributes: Bool
  /// It was included without a target namespace of its own, so its names without prefix mean the includer's.
  private let isChameleon: Bool

  init?(path: String, document: XMLDocument, includedInto namespace: String?) {
    guard let root = document.root, root.isNamed("schema", namespace: .uri(XSDName.schemaNamespace)) else { return nil }
    self.path = path
    self.document = document
    let own = root.attribute(named: "targetNamespace")?.text
    targetNamespace = own ?? namespace
    isChameleon = own == nil && namespace != nil
    qualifiesElements = root.attribute(named: "elementFormDefault")?.text == "qualified"
    qualifiesAttributes = root.attribute(named: "attributeFormDefault")?.text == "qualified"
  }

  /// `file:line:column` of an element of this file.
  func position(of node: XMLNode) -> String {
    guard let place = node.position else { return path }
    return "\(path):\(place.line):\(place.column)"
  }

  /// What a name in an attribute of `node` means.
  func name(_ text: String, at node: XMLNode) -> XSDName {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    if parts.count == 2 { return XSDName(namespace: node.namespace(ofPrefix: parts[0]), local: parts[1]) }
    let namespace = node.namespace(ofPrefix: nil) ?? (isChameleon ? targetNamespace : nil)
    return XSDName(namespace: namespace, local: text)
  }
}
