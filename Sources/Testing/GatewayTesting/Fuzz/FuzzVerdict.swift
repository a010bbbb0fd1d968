/// What a reader made of one input.
package enum FuzzVerdict: Sendable, Equatable {
  case accepted
  case refused
  /// The reader broke a promise: which one.
  case broken(String)
}
