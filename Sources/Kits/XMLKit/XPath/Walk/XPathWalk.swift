/// What an expression is found to be that is answered by walking the tree.
enum XPathWalk: Sendable {
  case nodes(XPathNodeSet)
  case truth(XPathTruth)
  case text(XPathText)

  var nodes: XPathNodeSet? {
    guard case .nodes(let nodes) = self else { return nil }
    return nodes
  }

  var truth: XPathTruth? {
    guard case .truth(let truth) = self else { return nil }
    return truth
  }

  var text: XPathText? {
    guard case .text(let text) = self else { return nil }
    return text
  }
}
