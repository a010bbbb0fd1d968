import XMLKit

/// The paths inside an XPath expression by which it reaches nodes.
///
/// `normalize-space(concat(Ho, ' ', Ten))` reads `Ho` and `Ten`; `file[@kind = 'a']/name` reads `file/name` where its
/// predicate says so, and tests `file` and `file/@kind`; `boolean(file)` only tests `file`. Every path found is an
/// expression by itself, in the same context.
package struct ExpressionReferences: Sendable, Equatable {
  package struct Reference: Sendable, Hashable {
    /// An XPath expression that yields nodes.
    package let path: String
    /// All of its nodes count and not only the first, as in `sum()`.
    package let countsAll: Bool
  }

  /// Paths whose text is in the value.
  package private(set) var values: [Reference] = []
  /// Paths that only decide: what predicates are put to, what they read, and what is asked whether it is there.
  package private(set) var tests: [Reference] = []

  /// Finds nothing in a text that is no XPath 1.0.
  package init(of expression: String) {
    guard let root = try? XPathSyntax(expression).root else { return }
    read(root, .first)
  }

  /// How the nodes of a path enter the value of the term around it.
  private enum Use {
    /// The text of the first one.
    case first
    /// The text of every one.
    case all
    /// Whether there are any, or how much: nothing of the text itself.
    case existence
  }

  private static let functionsOfAll: Set<String> = [
    "sum", "str:concat", "math:min", "math:max", "math:highest", "math:lowest", "set:distinct", "set:difference",
    "set:intersection",
  ]
  private static let functionsOfExistence: Set<String> = [
    "count", "boolean", "not", "string-length", "set:has-same-node",
  ]
  /// Functions that read the context node when they are called without arguments.
  private static let functionsOfContext: Set<String> = ["string", "normalize-space", "string-length", "number"]

  private mutating func read(_ term: XPathTerm, _ use: Use) {
    guard !term.isNodes else { return take(term, use) }
    switch term {
    case .literal, .number, .variable: return
    case .negation(let operand): read(operand, .first)
    case .operation(let symbol, let left, let right):
      let use: Use =
        switch symbol {
        case .or, .and: .existence
        case .plus, .minus, .multiply, .divide, .remainder: .first
        default: .all
        }
      read(left, use)
      read(right, use)
    case .call(let name, let arguments):
      if arguments.isEmpty, Self.functionsOfContext.contains(name.description) {
        values.append(Reference(path: ".", countsAll: false))
      }
      for argument in arguments { read(argument, Self.use(of: name)) }
    // Nodes that a function made are none of the source's; what made them has been read.
    case .filter(let inner, _), .path(.term(let inner), _): read(inner, use)
    case .path: return
    }
  }

  private static func use(of function: XPathName) -> Use {
    let name = function.description
    return functionsOfAll.contains(name) ? .all : functionsOfExistence.contains(name) ? .existence : .first
  }

  private mutating func take(_ term: XPathTerm, _ use: Use) {
    if use == .existence {
      tests += term.branches.map { Reference(path: $0.description, countsAll: true) }
    } else {
      values.append(Reference(path: term.description, countsAll: use == .all))
    }
    test(predicatesOf: term)
    for branch in term.branches {
      // What the predicates leave out was asked about as well.
      let all = Reference(path: branch.withoutPredicates.description, countsAll: true)
      if branch.withoutPredicates != branch, !tests.contains(all) { tests.append(all) }
    }
  }

  // MARK: Predicates

  private mutating func test(predicatesOf term: XPathTerm) {
    switch term {
    case .operation(_, let left, let right):
      test(predicatesOf: left)
      test(predicatesOf: right)
    case .filter(let inner, let predicates):
      test(predicatesOf: inner)
      for branch in inner.branches { test(predicates, of: branch) }
    case .path(let start, let steps):
      if case .term(let inner) = start { test(predicatesOf: inner) }
      for (index, step) in steps.enumerated() where !step.predicates.isEmpty {
        let bare = XPathStep(step.axis, step.test)
        test(step.predicates, of: .path(start, Array(steps[..<index]) + [bare]))
      }
    default: return
    }
  }

  private mutating func test(_ predicates: [XPathTerm], of base: XPathTerm) {
    tests.append(Reference(path: base.description, countsAll: true))
    for predicate in predicates {
      var inner = ExpressionReferences()
      inner.read(predicate, .existence)
      for reference in inner.values + inner.tests {
        tests.append(Reference(path: Self.join(base.description, reference.path), countsAll: true))
      }
    }
  }

  private init() {}

  /// The path `inner` as seen from the nodes of `base`; an absolute path or a variable begins where it says.
  private static func join(_ base: String, _ inner: String) -> String {
    if inner.hasPrefix("/") || inner.hasPrefix("$") || inner.hasPrefix("($") { return inner }
    // What stands in brackets has no place behind a slash in XPath 1.0; it is tested at least where it was asked.
    return inner.hasPrefix("(") ? base : base + "/" + inner
  }
}

extension XPathTerm {
  /// Whether the term yields nodes of the source, by its form alone.
  fileprivate var isNodes: Bool {
    switch self {
    case .variable: true
    case .operation(.union, let left, let right): left.isNodes && right.isNodes
    case .filter(let inner, _), .path(.term(let inner), _): inner.isNodes
    case .path: true
    default: false
    }
  }

  /// The path with every predicate of its steps taken away.
  fileprivate var withoutPredicates: XPathTerm {
    guard case .path(let start, let steps) = self else { return self }
    return .path(start, steps.map { XPathStep($0.axis, $0.test) })
  }

  /// The members of a union, each by itself.
  fileprivate var branches: [XPathTerm] {
    guard case .operation(.union, let left, let right) = self else { return [self] }
    return left.branches + right.branches
  }
}
