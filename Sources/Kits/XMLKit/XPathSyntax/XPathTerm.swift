/// One part of an expression: an operation with its operands, a call, a path or a constant.
///
/// Two terms are equal when they say the same thing; blanks and abbreviations do not count.
package indirect enum XPathTerm: Sendable, Hashable {
  /// Operators with two operands, weakest first.
  package enum Operator: String, Sendable, CaseIterable {
    case or
    case and
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case plus = "+"
    case minus = "-"
    case multiply = "*"
    case divide = "div"
    case remainder = "mod"
    case union = "|"
  }

  case operation(Operator, XPathTerm, XPathTerm)
  case negation(XPathTerm)
  case literal(String)
  /// Digits as written.
  case number(String)
  /// Without `$`.
  case variable(XPathName)
  case call(XPathName, [XPathTerm])
  /// Predicates behind something that is no step: `(a | b)[last()]`.
  case filter(XPathTerm, [XPathTerm])
  case path(XPathStart, [XPathStep])
}

/// Where a path begins.
package indirect enum XPathStart: Sendable, Hashable {
  case context
  /// The document: `/a`.
  case document
  /// The nodes of another term: `$group/a`, `(a | b)/c`.
  case term(XPathTerm)
}

/// `name` or `prefix:name`.
package struct XPathName: Sendable, Hashable, CustomStringConvertible {
  package let prefix: String?
  package let local: String

  package init(prefix: String? = nil, _ local: String) {
    self.prefix = prefix
    self.local = local
  }

  package var description: String { (prefix.map { $0 + ":" } ?? "") + local }
}
