import DocumentKit
import Translation

extension LeafTrial {
  /// Where the text went; of several places the one that says most of it.
  func fate(isTranslated: Bool, at position: (String) -> YAMLPosition) -> LeafFate {
    guard !arrivals.isEmpty else {
      if !isTranslated, decidesOutcome { return .stopped(row: position("")) }
      guard let place = moved.min() else { return decidesOutcome ? .effect(row: position("")) : .effectless }
      return .effect(row: position(place))
    }
    let fates = arrivals.keys.sorted().map { path -> LeafFate in
      let row = position(path)
      guard let steps = steps(at: path) else { return .stopped(row: row) }
      for (step, input, _) in steps {
        if case .code(let table, _, nil) = step { return .codeReplaced(row: row, table: table.name) }
        if step.losesPrecision(of: input) { return .precisionLost(row: row) }
      }
      // Several places may take a part each, and all of them together the whole.
      return missing.isEmpty ? .arrived : .shortened(row: row, characters: missing.count)
    }
    return fates.dropFirst().reduce(fates[0]) { $0.stronger($1) }
  }
}
