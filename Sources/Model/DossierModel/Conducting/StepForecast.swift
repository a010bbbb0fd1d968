package import ServiceKit

/// When a step is expected to be answered, as it looks now.
package struct StepForecast: Sendable, Equatable {
  /// The step's name in its procedure.
  package var step: String
  /// The round that was looked at; a later one has a forecast of its own.
  package var round: Int
  package var expectedAt: Timestamp
  /// Whose time it is if that is too late.
  package var holder: Holder

  package init(step: String, round: Int, expectedAt: Timestamp, holder: Holder) {
    self.step = step
    self.round = round
    self.expectedAt = expectedAt
    self.holder = holder
  }
}
