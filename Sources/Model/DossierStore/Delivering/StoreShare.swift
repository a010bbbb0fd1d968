/// One gateway's part of the work on a store that several gateways share.
package struct StoreShare: Sendable, Equatable {
  /// The gateway's place among those that live, from 0.
  package var rank: Int
  /// Gateways that live.
  package var count: Int

  package init(rank: Int, count: Int) {
    precondition(rank >= 0 && rank < count, "a gateway that lives is one of those that live")
    self.rank = rank
    self.count = count
  }

  /// The only one.
  package static let whole = StoreShare(rank: 0, count: 1)

  /// This gateway's part of what a destination can take at once. The parts of all gateways add up to the whole, so a
  /// destination that takes fewer requests than there are gateways is served by the first ones alone.
  package func part(of window: Int) -> Int { window / count + (rank < window % count ? 1 : 0) }
}
