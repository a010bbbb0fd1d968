import XMLKit

/// What a watched stylesheet did with one document.
package struct StylesheetRecord {
  /// The output with a processing instruction before everything that was written; nil if there is none.
  let marked: XMLDocument?
  /// The output of the stylesheet itself.
  let plain: XMLDocument?
  package let events: [StylesheetEvent]
  package let calls: [StylesheetCall]

  /// Where something was written: the part that wrote it, and around it the templates, the innermost last, each with the
  /// instruction that asked for it.
  package struct Origin: Sendable {
    package let part: Int
    package let templates: [(template: Int, call: Int?)]
  }

  /// Whether the stylesheet wrote the same while it was watched; otherwise nothing of this can be trusted.
  package var isFaithful: Bool { plain == nil && marked == nil || originsInOutput != nil }

  /// For each element of the output in document order, what wrote it and what wrote its text; nil if there is no output,
  /// or the watched stylesheet wrote another one.
  package var originsInOutput: [(element: Origin?, text: Origin?)]? {
    guard let marked, let one = marked.root, let other = plain?.root else { return nil }
    var walk = MarkedWalk(origins: origins())
    let before = Array(marked.documentNode.children).last { $0.kind == .processingInstruction }
    guard walk.compare(one, other, mark: before.flatMap { walk.origin($0) }) else { return nil }
    return walk.found
  }

  /// Where each event of writing happened, by its number.
  private func origins() -> [Int: Origin] {
    var stack: [(template: Int, call: Int?)] = []
    var call: Int?
    var origins: [Int: Origin] = [:]
    for (number, event) in events.enumerated() {
      switch event {
      case .enter(let template): stack.append((template, call))
      case .leave: call = stack.removeLast().call
      case .call(let part): call = part
      case .write(let part): origins[number] = Origin(part: part, templates: stack)
      case .reach, .take, .nodes: break
      }
    }
    return origins
  }
}

/// Goes through two documents that must be the same but for the marks in the first.
private struct MarkedWalk {
  let origins: [Int: StylesheetRecord.Origin]
  var found: [(element: StylesheetRecord.Origin?, text: StylesheetRecord.Origin?)] = []

  func origin(_ node: XMLNode) -> StylesheetRecord.Origin? {
    node.localName == StylesheetInstruments.mark ? Int(node.text).flatMap { origins[$0] } : nil
  }

  mutating func compare(_ marked: XMLNode, _ plain: XMLNode, mark: StylesheetRecord.Origin?) -> Bool {
    guard marked.localName == plain.localName, marked.namespace == plain.namespace,
      marked.attributes.map(\.text) == plain.attributes.map(\.text), marked.ownText == plain.ownText
    else { return false }
    let number = found.count
    found.append((mark, nil))
    var latest: StylesheetRecord.Origin?
    var others = Array(plain.elements)[...]
    for child in marked.children {
      switch child.kind {
      case .processingInstruction: latest = origin(child) ?? latest
      case .element:
        guard let other = others.popFirst(), compare(child, other, mark: latest) else { return false }
      case .text, .cdata:
        if found[number].text == nil { found[number].text = latest }
      default: break
      }
    }
    return others.isEmpty
  }
}

extension XMLNode {
  /// The text directly in the element, without that of elements inside.
  fileprivate var ownText: String { children.filter { $0.kind == .text || $0.kind == .cdata }.map(\.text).joined() }
}
