import XMLKit

extension Evaluation {
  /// Tells the listener of a condition, and where it is false of what stays unread because of it.
  mutating func hear(test when: SourcePath, _ isTrue: Bool, of row: CompiledRow, at context: XMLNode) {
    listener.didTest(row.row, isTrue, reading: when.reading(at: context), at: context)
    guard !isTrue else { return }
    listener.didSkip(row.row, unread: row.wouldRead(at: context), at: context)
  }
}

extension CompiledRow {
  /// The nodes that the row, or the rows in it, would read if their conditions were true.
  fileprivate func wouldRead(at context: XMLNode) -> [XMLNode] {
    let contexts = each.map { (try? $0.nodes(at: context)) ?? [] } ?? [context]
    switch content {
    case .constant: return []
    case .source(let source): return contexts.flatMap { source.reading(at: $0).used }
    case .group(let rows): return contexts.flatMap { item in rows.flatMap { $0.wouldRead(at: item) } }
    }
  }
}
