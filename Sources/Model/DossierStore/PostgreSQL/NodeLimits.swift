/// How long gateways on one database wait for each other.
package struct NodeLimits: Sendable, Equatable {
  /// How often a gateway says that it lives, and looks whether the others do.
  package var renewal = Duration.seconds(2)
  /// Silence after which a gateway counts as gone: another gives back what it had claimed.
  package var lease = Duration.seconds(15)
  /// By how much earlier a gateway itself stops claiming and settling, by its own clock.
  package var margin = Duration.seconds(3)

  package init() {}
}
