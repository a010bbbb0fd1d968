/// How much one answer, or one fault, moves a window of N places.
///
/// The three of Postfix's queue manager (its SCHEDULER_README). Only `inverse` is used for partners; the others are kept
/// beside it because the reason for that is an experiment, which `WindowFeedbackExperiment` repeats.
package enum ConcurrencyFeedback: String, Sendable, CaseIterable {
  /// A whole place every time.
  case fixed
  /// 1/√N of a place.
  case inverseRoot
  /// 1/N of a place: a whole window of answers makes it one larger.
  case inverse

  func places(window: Int) -> Double {
    switch self {
    case .fixed: 1
    case .inverseRoot: 1 / Double(window).squareRoot()
    case .inverse: 1 / Double(window)
    }
  }
}
