package import ServiceKit

/// Removes the bytes of messages that have been kept long enough, between two places of the store, in one commit.
///
/// Only what is due when the commit is made: whatever has happened meanwhile to one of them keeps it.
package struct PruneOrder: Sendable {
  /// Name of the `MessageType`.
  package var type: String
  /// Nothing has happened to the message, and nothing has come about its dossier, since then.
  package var horizon: Timestamp
  /// Behind this place …
  package var after: PrunePage.Place
  /// … and up to this one.
  package var through: PrunePage.Place
  /// The line of the site's configuration, for the journal.
  package var rule: String
  package var at: Timestamp

  package init(
    type: String, horizon: Timestamp, after: PrunePage.Place, through: PrunePage.Place, rule: String, at: Timestamp
  ) {
    self.type = type
    self.horizon = horizon
    self.after = after
    self.through = through
    self.rule = rule
    self.at = at
  }
}

/// What a prune order has done.
package struct PruneReport: Sendable, Equatable {
  package var messages = 0
  /// Bytes of messages and of deliveries, without those of answers.
  package var bytes = 0
  /// Those of the messages whose bytes were too many for one commit: nobody reads them any more, and `erase` removes them.
  package var setAside = 0

  package init() {}
}
