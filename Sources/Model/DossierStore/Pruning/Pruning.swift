package import ServiceKit

/// That a message's bytes were removed: those received, those delivered, and the answers. Everything else is kept.
package struct Pruning: Sendable, Equatable {
  package var at: Timestamp
  /// The line of the site's configuration that said so.
  package var rule: String

  package init(at: Timestamp, rule: String) {
    self.at = at
    self.rule = rule
  }
}
