import JSONKit
package import XMLKit

extension DocumentTree {
  /// Where a node stands in its document, in the words of its format: a JSON Pointer (RFC 6901) or an XPath.
  package func path(of node: XMLNode) -> String {
    guard format == .json else { return node.path }
    return pointer(to: node).description
  }

  /// The path that a child of `node` has or would have, if it existed.
  package func path(of node: XMLNode, child steps: [String]) -> String {
    guard format == .json else {
      let parent = node.path
      return steps.isEmpty ? parent : (parent == "/" ? "" : parent) + "/" + steps.joined(separator: "/")
    }
    return JSONPointer(tokens: pointer(to: node).tokens + steps.map(MemberName.unescaped)).description
  }

  /// Line and column of the node's first byte, both from 1; nil for a tree that was built and not parsed.
  package func position(of node: XMLNode) -> (line: Int, column: Int)? {
    guard format == .json else { return node.position }
    let offset = node.nearestOffset
    guard let source, offset >= 0 else { return nil }
    let position = source.position(ofOffset: offset)
    return (position.line, position.column)
  }

  /// The bytes of one element by itself: of JSON as they stood in the document, of XML in exclusive canonical form, which
  /// takes along the namespaces that it uses. Nil of a tree that was built and not parsed.
  package func bytes(of node: XMLNode) -> [UInt8]? {
    guard format == .json else {
      return try? document.canonicalised(.exclusive, subset: .subtree(node))
    }
    guard let source, let value = pointer(to: node).evaluate(in: source.root) else { return nil }
    return Array(source.bytes[value.byteRange])
  }

  private func pointer(to node: XMLNode) -> JSONPointer {
    var tokens: [String] = []
    var current = node
    while let parent = current.parent, current.kind != .document, parent.kind != .document {
      if current.kind == .element {
        let tag = tag(of: current)
        if tag.isListMember { tokens.append(String(Self.index(of: current))) }
        if self.tag(of: parent).kind != .array { tokens.append(MemberName.unescaped(current.localName)) }
      }
      current = parent
    }
    return JSONPointer(tokens: tokens.reversed())
  }

  /// How many values of the same list stand before this one.
  private static func index(of node: XMLNode) -> Int {
    var index = 0
    var sibling = node.previousSibling
    while let previous = sibling {
      if previous.kind == .element, previous.localName.utf8.elementsEqual(node.localName.utf8) { index += 1 }
      sibling = previous.previousSibling
    }
    return index
  }
}
