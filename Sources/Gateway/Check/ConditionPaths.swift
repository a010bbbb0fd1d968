import DocumentKit
import XMLKit

/// Looks in a condition for paths that no document can have: such a condition never holds, or always, and nobody is told.
///
/// It says only what is sure. From a step on that leaves the names (`..`, `//`, `*`, an attribute's owner by another axis) nothing is
/// said, nor of what a variable or an unknown function gives.
struct ConditionPaths {
  /// A step that leads nowhere.
  struct Finding: Equatable {
    /// From the root of the document, without it.
    var path: String
    /// The path that was probably meant.
    var nearest: String?
    /// What there is at the place where the step leads nowhere.
    var known: [String]
  }

  private let shape: SchemaShape
  private let root: SchemaShape.Place.ID
  private let rootName: String
  private(set) var findings: [Finding] = []

  init(_ condition: XPathTerm, in shape: SchemaShape, root: SchemaShape.Place.ID) {
    self.shape = shape
    self.root = root
    rootName = shape[root].name
    look(at: condition, from: [])
  }

  /// - Parameter context: names from the root to where the term is evaluated; nil where that is not known.
  private mutating func look(at term: XPathTerm, from context: [String]?) {
    switch term {
    case .literal, .number, .variable: break
    case .negation(let operand): look(at: operand, from: context)
    case .operation(_, let left, let right):
      look(at: left, from: context)
      look(at: right, from: context)
    case .call(_, let arguments): for argument in arguments { look(at: argument, from: context) }
    case .filter(let inner, let predicates):
      look(at: inner, from: context)
      let place: [String]? =
        if case .path(let start, let steps) = inner { follow(start, steps, from: context) } else { nil }
      for predicate in predicates { look(at: predicate, from: place) }
    case .path(let start, let steps):
      if case .term(let inner) = start { look(at: inner, from: context) }
      walk(steps, from: begin(start, context), isAtDocument: start == .document, looking: true)
    }
  }

  private func begin(_ start: XPathStart, _ context: [String]?) -> [String]? {
    switch start {
    case .context: context
    case .document: []
    case .term(.path(let start, let steps)): follow(start, steps, from: context)
    case .term: nil
    }
  }

  /// Where a path leads, without looking at it again.
  private func follow(_ start: XPathStart, _ steps: [XPathStep], from context: [String]?) -> [String]? {
    var copy = self
    return copy.walk(steps, from: begin(start, context), isAtDocument: start == .document, looking: false)
  }

  @discardableResult
  private mutating func walk(
    _ steps: [XPathStep], from start: [String]?, isAtDocument: Bool, looking isLooking: Bool
  ) -> [String]? {
    var place = start
    var isAtDocument = isAtDocument
    for step in steps {
      place = next(step, from: place, isAtDocument: isAtDocument, looking: isLooking)
      isAtDocument = false
      if isLooking { for predicate in step.predicates { look(at: predicate, from: place) } }
    }
    return place
  }

  private mutating func next(
    _ step: XPathStep, from place: [String]?, isAtDocument: Bool, looking isLooking: Bool
  ) -> [String]? {
    guard let place else { return nil }
    let name: String
    switch (step.axis, step.test) {
    case (.self, .node): return place
    case (.child, .text): return nil
    case (.child, .name(let named)) where named.prefix == nil: name = named.local
    case (.attribute, .name(let named)) where named.prefix == nil: name = "@\(named.local)"
    case (.parent, .node) where !place.isEmpty: return place.dropLast()
    default: return nil
    }
    if isAtDocument {
      guard name != rootName else { return [] }
      if isLooking { findings.append(Finding(path: "/\(name)", nearest: "/\(rootName)", known: [rootName])) }
      return nil
    }
    let path = place + [name]
    switch shape.find(path, from: root) {
    case .found: return path
    case .wildcard: return nil
    case .unknown(_, let known, let nearest):
      if isLooking {
        findings.append(
          Finding(
            path: path.joined(separator: "/"), nearest: nearest.map { (place + [$0]).joined(separator: "/") },
            known: known))
      }
      return nil
    }
  }
}
