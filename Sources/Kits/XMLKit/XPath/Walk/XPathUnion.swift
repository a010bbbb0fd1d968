import CXML

/// The nodes of several paths as one set: `a | b`.
final class XPathUnion: XPathNodeSet, @unchecked Sendable {
  private let paths: [XPathNodeSet]

  init(_ paths: [XPathNodeSet]) { self.paths = paths }

  override func first(at node: xmlNodePtr) -> xmlNodePtr? {
    var first: xmlNodePtr?
    for path in paths {
      guard let found = path.first(at: node) else { continue }
      if let known = first, Self.isBefore(known, found) { continue }
      first = found
    }
    return first
  }

  override func forEach(at node: xmlNodePtr, _ body: (xmlNodePtr) -> Void) {
    var nodes: [xmlNodePtr] = []
    for path in paths { path.forEach(at: node) { nodes.append($0) } }
    nodes.sort(by: Self.isBefore)
    var last: xmlNodePtr?
    for found in nodes where found != last {
      body(found)
      last = found
    }
  }

  override func contains(at node: xmlNodePtr, _ body: (xmlNodePtr) -> Bool) -> Bool {
    paths.contains { $0.contains(at: node, body) }
  }

  private static func isBefore(_ left: xmlNodePtr, _ right: xmlNodePtr) -> Bool {
    // libxml2 answers 1 where the first of the two comes first.
    xmlXPathCmpNodes(left, right) == 1
  }
}

/// One node of a set, the first or the last in document order: `(a | b)[1]`, `(a | b)[last()]`.
final class XPathPick: XPathNodeSet, @unchecked Sendable {
  enum Place: Sendable { case first, last }

  private let nodes: XPathNodeSet
  private let place: Place

  init(_ place: Place, of nodes: XPathNodeSet) {
    self.nodes = nodes
    self.place = place
  }

  override func first(at node: xmlNodePtr) -> xmlNodePtr? {
    guard place == .last else { return nodes.first(at: node) }
    var last: xmlNodePtr?
    nodes.forEach(at: node) { last = $0 }
    return last
  }

  override func forEach(at node: xmlNodePtr, _ body: (xmlNodePtr) -> Void) {
    if let found = first(at: node) { body(found) }
  }

  override func contains(at node: xmlNodePtr, _ body: (xmlNodePtr) -> Bool) -> Bool {
    first(at: node).map(body) ?? false
  }
}
