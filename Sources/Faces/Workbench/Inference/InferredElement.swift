import DocumentKit
import XMLKit

/// What samples say of one element: how often it came, what was in it, in which order.
final class InferredElement {
  let name: String
  let namespace: String?
  /// It was one value of a JSON array.
  let isList: Bool
  private(set) var count = 0
  private(set) var kinds: Set<NodeTag.Kind> = []
  private(set) var texts = InferredTexts()
  private(set) var isNil = false
  private(set) var children: [InferredElement] = []
  private(set) var attributes: [InferredElement] = []
  private(set) var hasForeignAttributes = false
  /// For each child, in how many parents it was and how often at most.
  private(set) var presence: [ObjectIdentifier: (parents: Int, most: Int)] = [:]
  /// Names of arrays that were empty, with in how many parents.
  private(set) var emptyLists: [String: Int] = [:]
  /// Pairs of children of which the first came before the second.
  private var before: Set<[Int]> = []
  private var isScattered = false

  private static let instance = "http://www.w3.org/2001/XMLSchema-instance"

  init(name: String, namespace: String?, isList: Bool = false) {
    self.name = name
    self.namespace = namespace
    self.isList = isList
  }

  /// Adds what one more element shows. It goes as deep as the document, which its parser has bounded.
  func learn(_ node: XMLNode, in tree: DocumentTree) {
    count += 1
    kinds.insert(tree.tag(of: node).kind)
    for attribute in node.attributes { learn(attribute: attribute) }
    var order: [Int] = []
    var here: [Int: Int] = [:]
    var ownText = ""
    for part in node.children {
      switch part.kind {
      case .element:
        let index = child(part, in: tree)
        children[index].learn(part, in: tree)
        if order.last != index { order.append(index) }
        here[index, default: 0] += 1
      case .text, .cdata: ownText += part.text
      case .processingInstruction where part.localName == DocumentTree.emptyListTarget:
        emptyLists[part.text, default: 0] += 1
      default: break
      }
    }
    for (index, times) in here {
      let known = presence[ObjectIdentifier(children[index])] ?? (0, 0)
      presence[ObjectIdentifier(children[index])] = (known.parents + 1, max(known.most, times))
    }
    learn(order: order)
    let isBlank = ownText.allSatisfy(\.isWhitespace)
    if here.isEmpty { texts.add(ownText) } else if !isBlank { texts.isMixed = true }
  }

  private func learn(attribute: XMLNode) {
    if attribute.namespace == Self.instance {
      if attribute.localName == "nil" { isNil = true }
      return
    }
    guard attribute.namespace == nil else {
      hasForeignAttributes = true
      return
    }
    let name = attribute.localName
    let known = attributes.first { $0.name == name }
    let element = known ?? InferredElement(name: name, namespace: nil)
    if known == nil { attributes.append(element) }
    element.count += 1
    element.texts.add(attribute.text)
  }

  private func child(_ node: XMLNode, in tree: DocumentTree) -> Int {
    let isList = tree.tag(of: node).isListMember
    if let index = children.firstIndex(where: {
      $0.isList == isList && $0.name == node.localName && $0.namespace == node.namespace
    }) {
      return index
    }
    children.append(InferredElement(name: node.localName, namespace: node.namespace, isList: isList))
    return children.count - 1
  }

  private func learn(order: [Int]) {
    if Set(order).count != order.count { isScattered = true }
    for (place, first) in order.enumerated() {
      for second in order.dropFirst(place + 1) where second != first { before.insert([first, second]) }
    }
  }

  /// The children in an order that all samples keep; nil if there is none.
  var commonOrder: [InferredElement]? {
    guard !isScattered else { return nil }
    var rest = Array(children.indices)
    var ordered: [InferredElement] = []
    while !rest.isEmpty {
      guard let next = rest.first(where: { candidate in !rest.contains { before.contains([$0, candidate]) } }) else {
        return nil
      }
      ordered.append(children[next])
      rest.removeAll { $0 == next }
    }
    return ordered
  }
}
