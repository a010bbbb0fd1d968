package import DocumentKit

/// What became of one leaf of a source document.
package enum LeafFate: Sendable, Equatable {
  /// Its text is in the output, converted perhaps and whole.
  case arrived
  /// It holds a document, whose leaves are told behind it.
  case opened
  /// It is in the output without its last characters.
  case cut(row: YAMLPosition, characters: Int)
  /// Its code has no row, and the table's default stands in the output.
  case codeReplaced(row: YAMLPosition, table: String)
  /// The target's form has no place for part of it, such as the time of day or milliseconds.
  case precisionLost(row: YAMLPosition)
  /// Read, and nothing was left to write after the conversion.
  case omitted(row: YAMLPosition)
  /// Read by a row at which the document was held or refused.
  case stopped(row: YAMLPosition)
  /// Found by the row, which takes the first of several nodes only.
  case passedOver(row: YAMLPosition)
  /// Would have been read by a row whose `when` is false here.
  case skipped(row: YAMLPosition)
  /// The mapping ignores it, for this reason.
  case ignored(row: YAMLPosition, reason: String)
  /// Left out by the predicate of a row's `from` or `each`.
  case excluded(row: YAMLPosition)
  /// Read in a condition or a predicate only.
  case decided(row: YAMLPosition)
  /// No row reads it and nobody says why.
  case unread
  /// Found by trying: the output lacks these characters and somewhere has the others.
  case shortened(row: YAMLPosition, characters: Int)
  /// Found by trying: the output depends on it and does not hold its text.
  case effect(row: YAMLPosition)
  /// Found by trying: whatever stands there, the output is the same.
  case effectless
  /// It holds no text, so there was nothing to lose.
  case empty

  /// Whether the output lacks something that the source had.
  package var isLoss: Bool {
    switch self {
    case .arrived, .opened, .empty: false
    default: true
    }
  }

  /// Whether the mapping itself says so; what was only found by trying nobody has said that it may be.
  package var isSaid: Bool {
    switch self {
    case .shortened, .effect, .effectless: false
    default: true
    }
  }

  /// Whether the text, or part of it, stands in the output.
  package var isInOutput: Bool {
    switch self {
    case .arrived, .cut, .codeReplaced, .precisionLost, .shortened: true
    default: false
    }
  }

  /// The place in the mapping that is to blame.
  package var row: YAMLPosition? {
    switch self {
    case .arrived, .opened, .unread, .effectless, .empty: nil
    case .cut(let row, _), .codeReplaced(let row, _), .precisionLost(let row), .omitted(let row), .stopped(let row),
      .passedOver(let row), .skipped(let row), .ignored(let row, _), .excluded(let row), .decided(let row),
      .shortened(let row, _), .effect(let row):
      row
    }
  }

  /// Of two accounts of one leaf the one that says more about where its text went.
  func stronger(_ other: LeafFate) -> LeafFate { other.rank > rank ? other : self }

  private var rank: Int {
    switch self {
    // Where one row stopped the document there is no output in which another row's text could stand.
    case .stopped: 12
    case .arrived: 11
    case .cut, .codeReplaced, .precisionLost, .shortened: 10
    case .opened: 9
    case .omitted: 8
    case .passedOver: 7
    case .skipped: 6
    case .ignored: 5
    case .excluded: 4
    case .decided, .effect: 3
    case .empty: 2
    case .unread, .effectless: 1
    }
  }
}

extension LeafFate {
  /// The stable name of the fate, for machines and totals.
  package var name: String {
    switch self {
    case .arrived: "arrived"
    case .opened: "opened"
    case .cut, .shortened: "cut"
    case .codeReplaced: "code-replaced"
    case .precisionLost: "precision-lost"
    case .omitted: "omitted"
    case .stopped: "stopped"
    case .passedOver: "passed-over"
    case .skipped: "skipped"
    case .ignored: "ignored"
    case .excluded: "excluded"
    case .decided: "condition-only"
    case .unread: "unread"
    case .effect: "effect-only"
    case .effectless: "no-effect"
    case .empty: "empty"
    }
  }

  /// Why, in words; the place of the row is told beside it.
  package var reason: String {
    switch self {
    case .arrived: "it arrived"
    case .opened: "its document is told below"
    case .cut(_, let characters): "cut by \(characters) character(s)"
    case .shortened(_, let characters): "\(characters) character(s) of it come out nowhere"
    case .codeReplaced(_, let table): "its code has no row in ‘\(table)’, whose default was written"
    case .precisionLost: "the target's form of time says less"
    case .omitted: "read, and empty after the conversion"
    case .stopped: "the document was held or refused at this row"
    case .passedOver: "only the first of several is taken"
    case .skipped: "the row's ‘when’ is false"
    case .ignored(_, let reason): reason
    case .excluded: "left out by a predicate of the row"
    case .decided: "read in a condition only"
    case .unread: "no row reads it"
    case .effect: "the output changes with it, and does not hold it"
    case .effectless: "whatever stands here, the output is the same"
    case .empty: "it is empty"
    }
  }
}
