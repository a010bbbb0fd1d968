/// A step of an expression that leads nowhere in the schema.
struct UnknownStep: Sendable, Hashable {
  /// The path up to it, such as `owner/nam`.
  let path: String
  /// The step alone, as written.
  let name: String
  /// Where the schema was left; `.` for the root.
  let parent: String
  let nearest: String?
}
