import CXML

/// How two values are compared (XPath 1.0 §3.4).
enum XPathRelation: Sendable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

  init?(_ symbol: XPathTerm.Operator) {
    switch symbol {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    default: return nil
    }
  }

  /// The relation the other way round: what `a < b` is for `b` and `a`.
  var mirrored: XPathRelation {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  var isOrder: Bool { self != .equal && self != .notEqual }

  func holds(_ left: Double, _ right: Double) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}

/// Whether some node of a path has, or some has not, a text.
final class XPathNodesAndText: XPathTruth, @unchecked Sendable {
  private let nodes: XPathNodeSet
  private let text: XPathText
  private let wantsEqual: Bool

  init(_ nodes: XPathNodeSet, _ text: XPathText, wantsEqual: Bool) {
    self.nodes = nodes
    self.text = text
    self.wantsEqual = wantsEqual
  }

  override func holds(at node: xmlNodePtr) -> Bool {
    var isFound = false
    text.lend(at: node) { text in
      isFound = nodes.contains(at: node) { candidate in
        candidate.withTextBytes { $0.elementsEqual(text) } == wantsEqual
      }
    }
    return isFound
  }
}

/// Whether the number of some node of a path stands in a relation to an amount.
final class XPathNodesAndAmount: XPathTruth, @unchecked Sendable {
  private let nodes: XPathNodeSet
  private let relation: XPathRelation
  private let amount: XPathAmount

  init(_ nodes: XPathNodeSet, _ relation: XPathRelation, _ amount: XPathAmount) {
    self.nodes = nodes
    self.relation = relation
    self.amount = amount
  }

  override func holds(at node: xmlNodePtr) -> Bool {
    let amount = amount.value(at: node)
    return nodes.contains(at: node) { candidate in
      relation.holds(candidate.withTextBytes(XPathAmount.number), amount)
    }
  }
}

final class XPathTwoAmounts: XPathTruth, @unchecked Sendable {
  private let left: XPathAmount
  private let relation: XPathRelation
  private let right: XPathAmount

  init(_ left: XPathAmount, _ relation: XPathRelation, _ right: XPathAmount) {
    self.left = left
    self.relation = relation
    self.right = right
  }

  override func holds(at node: xmlNodePtr) -> Bool {
    relation.holds(left.value(at: node), right.value(at: node))
  }
}

final class XPathTwoTexts: XPathTruth, @unchecked Sendable {
  private let left: XPathText
  private let right: XPathText
  private let wantsEqual: Bool

  init(_ left: XPathText, _ right: XPathText, wantsEqual: Bool) {
    self.left = left
    self.right = right
    self.wantsEqual = wantsEqual
  }

  override func holds(at node: xmlNodePtr) -> Bool {
    var areEqual = false
    left.lend(at: node) { left in
      right.lend(at: node) { right in areEqual = left.elementsEqual(right) }
    }
    return areEqual == wantsEqual
  }
}
