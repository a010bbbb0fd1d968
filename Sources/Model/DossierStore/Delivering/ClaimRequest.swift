/// How many deliveries of one destination a deliverer can take, and how many it has taken before.
///
/// `turn` keeps the shares of the lanes (`ClaimLane`) also when deliveries are claimed one by one.
package struct ClaimRequest: Sendable, Equatable, ExpressibleByIntegerLiteral {
  package var count: Int
  /// Bytes of payloads after which no more are taken, however few they are; the last one may go beyond, so that one that
  /// is larger is taken as well. At least 1.
  package var bytes: Int
  package var turn: Int

  package init(_ count: Int, bytes: Int = .max, turn: Int = 0) {
    precondition(bytes > 0, "a claim takes at least one delivery")
    self.count = count
    self.bytes = bytes
    self.turn = turn
  }

  package init(integerLiteral value: Int) { self.init(value) }
}
