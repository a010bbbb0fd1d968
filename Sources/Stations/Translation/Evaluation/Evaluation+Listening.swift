import XMLKit

extension Evaluation {
  /// Tells the listener of a condition, and where it is false of what stays unread because of it.
  mutating func hear(test when: SourcePath, _ isTrue: Bool, of row: CompiledRow, at context: XMLNode) {
    listener.didTest(row.row, isTrue, reading: when.reading(at: context, group: source.group), at: context)
    guard !isTrue else { return }
    listener.didSkip(row.row, unread: row.wouldRead(at: context, group: source.group), at: context)
  }
}

extension CompiledRow {
  /// The nodes that the row, or the rows in it, would read if their conditions were true; of a document inside a string
  /// the node that holds its text.
  fileprivate func wouldRead(at context: XMLNode, group: [XMLNode]) -> [XMLNode] {
    let contexts = each.map { (try? $0.nodes(at: context, group: group)) ?? [] } ?? [context]
    // The rows of all groups together read what they would read of each.
    let group = groupBy == nil ? group : contexts
    if let parse { return contexts.flatMap { parse.from.reading(at: $0, group: group).used } }
    switch content {
    case .constant: return []
    case .source(let source):
      var paths = [source]
      if case .codes(let steps) = conversion { paths += steps.flatMap { $0.columns + ($0.at.map { [$0] } ?? []) } }
      return contexts.flatMap { item in
        paths.flatMap { path in
          let reading = path.reading(at: item, group: group)
          // Of what predicates would have asked only texts count: nobody reads an element around them as a whole.
          return reading.used + reading.tested.filter(\.elements.isEmpty)
        }
      }
    case .group(let rows), .document(_, let rows):
      return contexts.flatMap { item in rows.owned.flatMap { $0.wouldRead(at: item, group: group) } }
    }
  }
}
