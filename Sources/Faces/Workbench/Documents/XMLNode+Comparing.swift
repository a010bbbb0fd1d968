import DocumentKit
import XMLKit

extension XMLNode {
  /// Same local name and namespace.
  func isAlike(_ other: XMLNode) -> Bool {
    localName.utf8.elementsEqual(other.localName.utf8) && namespace == other.namespace
  }

  var holdsElements: Bool { !elements.isEmpty }

  /// The names of the empty JSON lists in this object.
  var emptyLists: [String] {
    children.filter { $0.kind == .processingInstruction && $0.localName == DocumentTree.emptyListTarget }.map(\.text)
  }

  /// The text at a path of plain steps below this element; empty if there is none.
  func text(below steps: [String]) -> String {
    var node: XMLNode? = self
    for step in steps {
      node = step.hasPrefix("@") ? node?.attribute(named: String(step.dropFirst())) : node?.firstElement(named: step)
    }
    return node?.text ?? ""
  }

  /// Local names from below the root element down to this node.
  var steps: [String] {
    var names: [String] = []
    var current = self
    while let parent = current.parent, parent.kind != .document {
      names.append((current.kind == .attribute ? "@" : "") + current.localName)
      current = parent
    }
    return names.reversed()
  }

  /// Every element without elements and every attribute, in document order: all places of a document that hold text.
  var leaves: [XMLNode] {
    if kind == .attribute { return [self] }
    guard kind == .element else { return parent.map { [$0] } ?? [] }
    return Array(attributes) + (holdsElements ? elements.flatMap(\.leaves) : [self])
  }

  /// The element and all elements below it, in document order.
  var elementsInOrder: [XMLNode] { [self] + elements.flatMap(\.elementsInOrder) }

  /// The elements around this node, from the inside out.
  var ancestors: [XMLNode] {
    var found: [XMLNode] = []
    var current = parent
    while let element = current, element.kind == .element {
      found.append(element)
      current = element.parent
    }
    return found
  }
}
