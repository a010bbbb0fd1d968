package import DossierModel
package import DossierStore
package import ServiceKit

/// The way of settlements into the store: a state machine without effects that never loses one.
///
/// Settlements that finish while an exchange is being committed join the next one, so a busy disk sees few large
/// exchanges and an idle one is never waited for. What an exchange failed to write comes first in the next, after a
/// pause that doubles. No claims are won meanwhile, so what is kept here is bounded by the destinations' windows. A
/// settlement that the store itself cannot write, a defect, is found by halving the exchanges and goes to the end of the
/// line, where it does not stop the others.
package struct ExchangeLane: Sendable {
  package struct Limits: Sendable {
    /// Two: one that is being committed and one that waits for the store's thread.
    package var exchangesUnderWay = 2
    package var settlementsPerExchange = 4_096
    package var pauseMinimum = Duration.milliseconds(100)
    package var pauseMaximum = Duration.seconds(5)

    package init() {}
  }

  private struct UnderWay {
    var settlements: [Settlement]
    var claims: [PartyID: ClaimRequest]
    /// Whether it also clears up what an exchange before it may have claimed.
    var clearsDoubt: Bool
  }

  private let limits: Limits
  private var pending: [Settlement] = []
  private var underWay: [UInt64: UnderWay] = [:]
  private var lastNumber: UInt64 = 0
  private var failuresInRow = 0
  /// Whether an exchange failed of which the disk may have all the same: its claims would be nobody's.
  package private(set) var isInDoubt = false
  private var pausedUntil: MonotonicInstant?
  /// How many settlements the next exchange takes; smaller while one that cannot be written is looked for.
  private var batch: Int

  package init(limits: Limits = Limits()) {
    self.limits = limits
    batch = limits.settlementsPerExchange
  }

  /// Settlements not yet on the disk.
  package var unsettled: Int { pending.count + underWay.values.reduce(0) { $0 + $1.settlements.count } }
  /// Whether settlements wait that no exchange has taken.
  package var hasPending: Bool { !pending.isEmpty }
  package var isIdle: Bool { pending.isEmpty && underWay.isEmpty && !isInDoubt }
  /// Whether the last exchange failed.
  package var isFailing: Bool { failuresInRow > 0 }

  package mutating func add(_ settlement: Settlement) { pending.append(settlement) }

  /// Claims were let go of that may still be this gateway's: the next exchange says what is in its hands.
  package mutating func claimsDropped() { isInDoubt = true }

  /// Whether an exchange may be submitted now.
  package func isFree(at instant: MonotonicInstant) -> Bool {
    // While the store fails there is one exchange at a time: the probe.
    guard underWay.count < (isFailing || isInDoubt ? 1 : limits.exchangesUnderWay) else { return false }
    return pausedUntil.map { instant >= $0 } ?? true
  }

  /// How long until a pause is over; nil when there is none.
  package func pause(at instant: MonotonicInstant) -> Duration? {
    guard let pausedUntil, pausedUntil > instant else { return nil }
    return pausedUntil - instant
  }

  /// The next exchange, or nil when there is nothing to say. Only when `isFree`. `inHand` is asked for after a failure.
  package mutating func next(
    claims: [PartyID: ClaimRequest], at moment: Moment, inHand: () -> Set<DeliveryID> = { [] }
  ) -> (number: UInt64, exchange: DeliveryExchange)? {
    guard !pending.isEmpty || !claims.isEmpty || isInDoubt else { return nil }
    let held = isInDoubt ? inHand().union(pending.map(\.delivery)) : nil
    let settlements = Array(pending.prefix(batch))
    pending.removeFirst(settlements.count)
    lastNumber += 1
    pausedUntil = nil
    underWay[lastNumber] = UnderWay(settlements: settlements, claims: claims, clearsDoubt: isInDoubt)
    var exchange = DeliveryExchange(settlements: settlements, claims: claims, at: moment.now)
    exchange.inHand = held
    return (lastNumber, exchange)
  }

  /// The exchange is on the disk. Returns the claims it asked for.
  package mutating func succeeded(_ number: UInt64) -> [PartyID: ClaimRequest] {
    guard let done = underWay.removeValue(forKey: number) else { preconditionFailure("an exchange ends once") }
    failuresInRow = 0
    pausedUntil = nil
    if done.clearsDoubt { isInDoubt = false }
    batch = min(batch * 2, limits.settlementsPerExchange)
    return done.claims
  }

  /// The exchange is not on the disk. Returns the claims it asked for; its settlements are kept.
  package mutating func failed(
    _ number: UInt64, _ code: StoreError.Code, at instant: MonotonicInstant
  ) -> [PartyID: ClaimRequest] {
    guard let failed = underWay.removeValue(forKey: number) else { preconditionFailure("an exchange ends once") }
    failuresInRow += 1
    isInDoubt = true
    let doubled = limits.pauseMinimum * (1 << min(failuresInRow - 1, 20))
    pausedUntil = instant + min(doubled, limits.pauseMaximum)
    if code == .internal, failed.settlements.count <= 1 {
      pending += failed.settlements
    } else {
      pending = failed.settlements + pending
      if code == .internal { batch = max(1, failed.settlements.count / 2) }
    }
    return failed.claims
  }
}
