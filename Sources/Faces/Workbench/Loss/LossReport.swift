/// What became of every leaf of one source document, each told exactly once.
package struct LossReport: Sendable {
  package struct Leaf: Sendable, Equatable {
    /// A JSON Pointer or an XPath.
    package let path: String
    /// From 1; 0 if unknown.
    package let line: Int
    package let column: Int
    /// The path by names alone, without places in lists: `owner/name`.
    package let pattern: String
    package let fate: LeafFate

    func with(_ fate: LeafFate) -> Leaf {
      Leaf(path: path, line: line, column: column, pattern: pattern, fate: fate)
    }
  }

  package let mapping: String
  package let method: AccountMethod
  /// `translated`, or why there is no output: `held TABLE …`, `refused: …`.
  package let outcome: String
  /// In document order.
  package let leaves: [Leaf]

  package var lost: [Leaf] { leaves.filter(\.fate.isLoss) }
  /// What was lost and the mapping does not say that it may be.
  package var unexplained: [Leaf] {
    lost.filter { leaf in
      if case .ignored = leaf.fate { false } else { true }
    }
  }
}
