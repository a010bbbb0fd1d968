import CXML

/// A condition that is found by walking the tree, without libxml2's evaluator.
///
/// Conditions are asked of every message many times over, and setting the evaluator up costs more than most answers.
/// What one says is exactly what XPath 1.0 §3.4 says of the same expression; `XPathWalkCompiler` makes them.
///
/// `@unchecked Sendable`: the subclasses below have constant fields only, which are shareable themselves; Swift cannot
/// say that of a class that has subclasses.
class XPathTruth: @unchecked Sendable {
  /// Whether it is true at `node`, whose document the caller holds.
  func holds(at node: xmlNodePtr) -> Bool {
    preconditionFailure("a condition is one of the kinds below")
  }
}

final class XPathBoth: XPathTruth, @unchecked Sendable {
  private let left: XPathTruth
  private let right: XPathTruth

  init(_ left: XPathTruth, _ right: XPathTruth) {
    self.left = left
    self.right = right
  }

  override func holds(at node: xmlNodePtr) -> Bool { left.holds(at: node) && right.holds(at: node) }
}

final class XPathEither: XPathTruth, @unchecked Sendable {
  private let left: XPathTruth
  private let right: XPathTruth

  init(_ left: XPathTruth, _ right: XPathTruth) {
    self.left = left
    self.right = right
  }

  override func holds(at node: xmlNodePtr) -> Bool { left.holds(at: node) || right.holds(at: node) }
}

final class XPathOpposite: XPathTruth, @unchecked Sendable {
  private let truth: XPathTruth

  init(_ truth: XPathTruth) { self.truth = truth }

  override func holds(at node: xmlNodePtr) -> Bool { !truth.holds(at: node) }
}

/// Whether a path leads anywhere.
final class XPathExistence: XPathTruth, @unchecked Sendable {
  private let nodes: XPathNodeSet

  init(_ nodes: XPathNodeSet) { self.nodes = nodes }

  override func holds(at node: xmlNodePtr) -> Bool { nodes.first(at: node) != nil }
}

/// Whether a text is more than nothing.
final class XPathFullness: XPathTruth, @unchecked Sendable {
  private let text: XPathText

  init(_ text: XPathText) { self.text = text }

  override func holds(at node: xmlNodePtr) -> Bool {
    var isFull = false
    text.lend(at: node) { isFull = !$0.isEmpty }
    return isFull
  }
}

/// Whether one text begins with, or holds, another (XPath 1.0 §4.2, starts-with and contains).
final class XPathPart: XPathTruth, @unchecked Sendable {
  private let whole: XPathText
  private let part: XPathText
  private let onlyAtStart: Bool

  init(_ whole: XPathText, _ part: XPathText, onlyAtStart: Bool) {
    self.whole = whole
    self.part = part
    self.onlyAtStart = onlyAtStart
  }

  override func holds(at node: xmlNodePtr) -> Bool {
    var isThere = false
    whole.lend(at: node) { whole in
      part.lend(at: node) { part in
        isThere = onlyAtStart ? whole.starts(with: part) : XPathText.place(of: part, in: whole) != nil
      }
    }
    return isThere
  }
}
