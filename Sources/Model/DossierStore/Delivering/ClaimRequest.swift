/// How many deliveries of one destination a deliverer can take, and how many it has taken before.
///
/// `turn` keeps the shares of the lanes (`ClaimLane`) also when deliveries are claimed one by one.
package struct ClaimRequest: Sendable, Equatable, ExpressibleByIntegerLiteral {
  package var count: Int
  package var turn: Int

  package init(_ count: Int, turn: Int = 0) {
    self.count = count
    self.turn = turn
  }

  package init(integerLiteral value: Int) { self.init(value) }
}
