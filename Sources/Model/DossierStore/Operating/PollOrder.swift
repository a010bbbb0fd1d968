package import ServiceKit

/// What an operator wants with polls and with what they could not take.
package struct PollOrder: Sendable {
  package enum Action: Sendable, Equatable {
    /// The poll is due now, whatever it waits for.
    case hasten(PollID)
    /// The item goes down the line once more.
    case offerAgain(Int64)
    /// The item is forgotten, bytes and all.
    case drop(Int64)
    /// The poll is forgotten, with its place and what of it is kept. One that is still asked begins from the start.
    case forget(PollID)
  }

  package var action: Action
  /// The operator's name, as the journal shows it.
  package var actor: String
  package var reason: String
  package var at: Timestamp

  package init(_ action: Action, actor: String, reason: String, at: Timestamp) {
    self.action = action
    self.actor = actor
    self.reason = reason
    self.at = at
  }
}
