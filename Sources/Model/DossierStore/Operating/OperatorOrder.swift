package import ServiceKit

/// What an operator wants done with deliveries, by whom and why: both stand in the journal of each delivery it changes.
package struct OperatorOrder: Sendable {
  package enum Action: String, Sendable, CaseIterable {
    /// Nothing moves until it is released. Later deliveries of the same dossier to the same destination wait.
    case hold
    /// What is held or dead may be sent again, with the bytes that are stored, in its turn.
    case release
    /// It is never sent; later deliveries of its dossier go on.
    case cancel
    /// What waits for its next attempt is due now.
    case flush
  }

  /// Deliveries one order changes at most in one commit; a larger selection takes several orders.
  package static let limit = 500

  package var action: Action
  package var selection: DeliverySelection
  /// The operator's name, as the journal shows it.
  package var actor: String
  /// Why, in the operator's words; it is shown to whoever looks at the delivery.
  package var reason: String
  package var at: Timestamp

  package init(_ action: Action, _ selection: DeliverySelection, actor: String, reason: String, at: Timestamp) {
    self.action = action
    self.selection = selection
    self.actor = actor
    self.reason = reason
    self.at = at
  }
}
