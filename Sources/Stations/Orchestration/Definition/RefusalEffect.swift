/// What an agency's refusal of its step ends.
package enum RefusalEffect: String, Sendable, CaseIterable {
  /// The procedure. What is done stays done: there is no way back, only notices.
  case procedure
  /// This step and those that need it.
  case branch
}
