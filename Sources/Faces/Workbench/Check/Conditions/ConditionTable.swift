import XMLKit

/// Tries conditions in every case there can be, as far as the schema lists the cases.
///
/// What it does not understand may be true or false independently of everything else, so "always" and "never" are
/// proofs, and their absence is not the opposite.
struct ConditionTable {
  /// What one path can be.
  private enum Case: Hashable {
    case absent
    case text(String)
    /// Some text that no condition mentions.
    case other
  }

  /// Most cases that are tried.
  static let casesLimit = 4_096

  private let reader: SourceReader
  private let context: SourceContext
  private var paths: [String: [Case]] = [:]
  private var opaque: Set<String> = []
  private var mentioned: [String: [String]] = [:]

  /// `reader` is a copy: asking here reads nothing.
  init(_ reader: SourceReader, at context: SourceContext) {
    self.reader = reader
    self.context = context
  }

  /// Whether one of the conditions holds in every case.
  mutating func isAlways(_ terms: [XPathTerm]) -> Bool {
    let conditions = terms.map { condition($0) }
    return allCases { assignment in conditions.contains { Self.holds($0, assignment) } }
  }

  /// Whether the conditions hold together in no case.
  mutating func isNever(_ terms: [XPathTerm]) -> Bool {
    let conditions = terms.map { condition($0) }
    return allCases { assignment in !conditions.allSatisfy { Self.holds($0, assignment) } }
  }

  // MARK: Reading

  private mutating func condition(_ term: XPathTerm) -> Condition {
    switch term {
    case .operation(.or, let left, let right): return .or(condition(left), condition(right))
    case .operation(.and, let left, let right): return .and(condition(left), condition(right))
    case .operation(.equal, let left, let right):
      return comparison(left, right, isNegated: false) ?? ask(term)
    case .operation(.notEqual, let left, let right):
      return comparison(left, right, isNegated: true) ?? ask(term)
    case .call(let name, let arguments): return call(name, arguments) ?? ask(term)
    case .path, .filter: return path(term, asksText: false).map { .exists($0) } ?? ask(term)
    default: return ask(term)
    }
  }

  private mutating func call(_ name: XPathName, _ arguments: [XPathTerm]) -> Condition? {
    switch (name.description, arguments.count) {
    case ("true", 0): return .constant(true)
    case ("false", 0): return .constant(false)
    case ("not", 1): return .not(condition(arguments[0]))
    case ("boolean", 1): return condition(arguments[0])
    case ("string", 1), ("normalize-space", 1):
      return path(arguments[0], asksText: true).map { .isFilled($0) }
    default: return nil
    }
  }

  private mutating func comparison(_ left: XPathTerm, _ right: XPathTerm, isNegated: Bool)
    -> Condition?
  {
    guard let operand = right.operand else {
      return left.operand == nil ? nil : comparison(right, left, isNegated: isNegated)
    }
    var subject = left
    var asText = false
    if case .call(let name, let arguments) = left, arguments.count == 1,
      ["string", "normalize-space"].contains(name.description)
    {
      (subject, asText) = (arguments[0], true)
    }
    guard let key = path(subject, asksText: true) else { return nil }
    mentioned[key, default: []].append(operand.text)
    return .equals(key, operand, isNegated: isNegated, asText: asText)
  }

  private mutating func ask(_ term: XPathTerm) -> Condition {
    opaque.insert(term.description)
    return .opaque(term.description)
  }

  /// The name under which a path is remembered; nil where its cases cannot be told apart.
  private mutating func path(_ term: XPathTerm, asksText: Bool) -> String? {
    var copy = reader
    let facts = copy.evaluate(term, at: context, for: .comparison)
    guard facts.kind == .nodes, !asksText || facts.isSingle else { return nil }
    let key = term.description
    guard paths[key] == nil else { return key }
    var cases: [Case] = facts.mayBeAbsent ? [.absent] : []
    if facts.isSingle, facts.rules.contains(where: { $0.mayBeEmpty }) { cases.append(.text("")) }
    if facts.isSingle, let texts = facts.texts {
      cases += texts.map { .text($0) }
    } else {
      cases.append(.other)
    }
    paths[key] = cases
    return key
  }

  // MARK: Trying

  private typealias Assignment = (paths: [String: Case], opaque: [String: Bool])

  private func allCases(_ check: (Assignment) -> Bool) -> Bool {
    var variables: [(key: String, cases: [Case])] = []
    for (key, cases) in paths.sorted(by: { $0.key < $1.key }) {
      // A text somebody mentions is a case of its own where the schema lists none.
      let named =
        cases.contains(.other) ? Set(mentioned[key] ?? []).sorted().map { Case.text($0) } : []
      variables.append((key, cases + named.filter { !cases.contains($0) }))
    }
    let switches = opaque.sorted()
    var total = 1
    for variable in variables { total *= max(1, variable.cases.count) }
    guard switches.count < 12, total << switches.count <= Self.casesLimit else { return false }
    for number in 0..<(total << switches.count) {
      var rest = number
      var assignment: Assignment = ([:], [:])
      for name in switches {
        assignment.opaque[name] = rest & 1 == 1
        rest >>= 1
      }
      for variable in variables where !variable.cases.isEmpty {
        assignment.paths[variable.key] = variable.cases[rest % variable.cases.count]
        rest /= variable.cases.count
      }
      guard check(assignment) else { return false }
    }
    return true
  }

  private static func holds(_ condition: Condition, _ assignment: Assignment) -> Bool {
    switch condition {
    case .constant(let value): return value
    case .opaque(let name): return assignment.opaque[name] ?? false
    case .exists(let key): return assignment.paths[key] != .absent
    case .isFilled(let key):
      return assignment.paths[key] != .absent && assignment.paths[key] != .text("")
    case .not(let inner): return !holds(inner, assignment)
    case .and(let left, let right): return holds(left, assignment) && holds(right, assignment)
    case .or(let left, let right): return holds(left, assignment) || holds(right, assignment)
    case .equals(let key, let operand, let isNegated, let asText):
      switch assignment.paths[key] {
      case .text(let text)?: return operand.matches(text) != isNegated
      case .other?: return isNegated
      case .absent?, nil: return asText && operand.matches("") != isNegated
      }
    }
  }
}

extension XPathTerm {
  fileprivate var operand: Condition.Operand? {
    switch self {
    case .literal(let text): .text(text)
    case .number(let digits): .number(digits)
    default: nil
    }
  }
}
