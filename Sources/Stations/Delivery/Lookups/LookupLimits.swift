/// What asking partners may take of the gateway.
package struct LookupLimits: Sendable {
  /// Questions to one partner at the same time; one more is turned away at once.
  package var underWay = 16
  /// Nobody's login is tried again for so long after it was refused: a wrong secret must not lock an account.
  package var loginPause = Duration.seconds(5)

  package init() {}

  package static let standard = LookupLimits()
}
