import DocumentKit

/// A first mapping between two schemas, to be completed by a person.
package struct ProposedMapping: Sendable {
  /// One row that is proposed, or one group of rows.
  package struct Row: Sendable, Equatable {
    /// What it writes, from the target's root element on.
    package let to: String
    /// What it reads, relative to the group around it as the file says it.
    package let from: String
    /// What stands behind `to` and `from`, such as `cut: 200`.
    package let options: [String]
    /// How alike the two places are, from 0.6 to 1.
    package let score: Double
    /// Its line in the text.
    package let line: Int
  }

  /// Something that a person has to decide.
  package struct Open: Sendable, Equatable {
    /// The rule of `map check` that says so.
    package let rule: CheckRule
    /// The row that was thought of and is not proposed because of it, such as `status from TrangThai (95 %)`; nil for
    /// what no row was thought of.
    package let row: String?
    /// The path of the source or target it speaks of; empty if it speaks of none.
    package let path: String
    package let message: String

    init(_ finding: CheckFinding, inPlaceOf row: String? = nil) {
      rule = finding.rule
      self.row = row
      path = finding.path
      message = finding.message.english
    }

    /// As the head of the file says it behind `# open:`.
    package var text: String { "\(row ?? rule.rawValue): \(message)" }
  }

  package let name: String
  /// The `mapping.yaml`.
  package let text: String
  package let rows: [Row]
  /// Everything left open, as the file lists it.
  package let open: [Open]
}
