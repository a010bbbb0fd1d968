/// One row of a mapping that is being proposed.
struct DraftRow {
  /// Below the group around; `.` for its text.
  let to: String
  /// Below the context of the group around.
  let from: String
  /// What is written behind `to` and `from`, such as `cut: 200`.
  var options: [String] = []
  /// Nil for a row that reads; a group otherwise.
  var rows: [DraftRow]?
  /// `each` or `when`, of a group; empty for a group that is always written.
  var groupKey = "each"
  let score: Double
}
