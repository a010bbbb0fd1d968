import DocumentKit

/// What can be said about the value of an expression before there is a document.
struct ExpressionFacts: Sendable {
  enum Kind: String, Sendable {
    case nodes = "nodes"
    case text
    case number
    case boolean
    /// A function whose result this analysis does not know.
    case unknown
  }

  var kind: Kind
  /// Where in the schema the nodes can be; empty for other kinds and where the schema is open.
  var nodes: [Int] = []
  /// There is at most one node.
  var isSingle = true
  /// There may be no node; for other kinds false.
  var mayBeAbsent = false
  /// The text may be empty.
  var mayBeEmpty = false
  /// The text obeys one of these; none where it is computed.
  var rules: [ValueRules] = []
  /// Every text there can be, where they can be listed; the empty one is not among them.
  var texts: [String]?
  /// A predicate chose among the nodes.
  var isFiltered = false
  /// Part of it lies where the schema names nothing.
  var isOpen = false

  static let boolean = ExpressionFacts(
    kind: .boolean, rules: [ValueRules(.boolean)], texts: ["true", "false"])

  static func number(isWhole: Bool = false) -> ExpressionFacts {
    ExpressionFacts(kind: .number, rules: [ValueRules(isWhole ? .integer : .double)])
  }

  static func text(mayBeEmpty: Bool = true) -> ExpressionFacts {
    ExpressionFacts(kind: .text, mayBeEmpty: mayBeEmpty)
  }

  static func constant(_ text: String) -> ExpressionFacts {
    ExpressionFacts(kind: .text, mayBeEmpty: text.isEmpty, texts: text.isEmpty ? [] : [text])
  }

  static func unknown(isOpen: Bool = false) -> ExpressionFacts {
    ExpressionFacts(kind: .unknown, mayBeAbsent: true, mayBeEmpty: true, isOpen: isOpen)
  }

  /// Most texts that are listed.
  static let textsLimit = 256
}
