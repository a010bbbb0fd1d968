package import DossierModel
package import DossierStore
package import ServiceKit

/// When and how much work one destination may claim and start: a state machine whose only effect is on the party's rate.
///
/// It counts what is in the deliverer's hands (claims asked for, claimed and waiting, under way) and knows whether the
/// store may have more: after a ready signal, after a settlement (whose successor may have become ready), when a due
/// time has come, and once per sweep in case a signal got lost. It claims ahead as many as its window, so that a
/// commit's time is not lost between two requests. Nothing is started or claimed outside the agency's hours and beyond its
/// rate.
package struct DestinationSchedule: Sendable {
  package private(set) var window: DestinationWindow
  /// Claims that an exchange under way asks for.
  private var claiming = 0
  /// How many it has claimed so far.
  package private(set) var turn = 0
  /// Claimed and not yet started.
  package private(set) var waiting = 0
  package private(set) var underWay = 0
  /// Bytes of those that wait and of those under way.
  private var bytesInHand = 0
  private let claimedBytes: Int
  private var mayHaveMore = true
  /// A reason to claim that came up while an exchange was under way, which may or may not have seen it.
  private var signalledMeanwhile = false
  /// The earliest due time known; nil when none is.
  private var nextDue: Timestamp?
  /// Whether the store may know of a due time that this schedule does not.
  private var storeKnowsDue = true
  /// The most requests the destination may get at a time from all gateways together.
  private let wholeLimit: Int
  /// Counted by the questions to the party too.
  private let rate: RequestRate?
  /// False while the destination takes fewer requests at a time than there are gateways, and this one is not among them.
  private var isServed = true
  private let hours: DeliveryHours
  /// When the agency takes something again; nil while it does.
  package private(set) var closedUntil: Timestamp?
  private var hoursChange: Timestamp?
  /// The time as last told, which the rate is counted by.
  private var instant: MonotonicInstant
  private let sweepPeriod: Duration
  private var nextSweep: MonotonicInstant

  package init(
    window: DestinationWindow, hours: DeliveryHours = .always, rate: RequestRate? = nil,
    claimedBytes: Int = DelivererLimits().claimedBytes, sweepPeriod: Duration = .seconds(60), at moment: Moment
  ) {
    self.window = window
    wholeLimit = window.limit
    self.rate = rate
    self.hours = hours
    instant = moment.monotonic
    self.claimedBytes = claimedBytes
    self.sweepPeriod = sweepPeriod
    nextSweep = moment.monotonic + sweepPeriod
    readHours(at: moment.now)
  }

  // MARK: Time

  /// Takes notice of the time: pauses end, due times come.
  package mutating func pass(to moment: Moment) {
    instant = moment.monotonic
    window.pass(to: moment.monotonic)
    if let hoursChange, moment.now >= hoursChange { readHours(at: moment.now) }
    if let due = nextDue, due <= moment.now {
      nextDue = nil
      storeKnowsDue = true
      signal()
    }
    if moment.monotonic >= nextSweep {
      nextSweep = moment.monotonic + sweepPeriod
      storeKnowsDue = true
      // Somebody may have set the world's clock.
      readHours(at: moment.now)
      signal()
    }
  }

  /// How long until `pass(to:)` would change something.
  package func pause(at moment: Moment) -> Duration {
    var pause = nextSweep - moment.monotonic
    if let until = window.closedUntil { pause = min(pause, until - moment.monotonic) }
    if let hoursChange { pause = min(pause, hoursChange - moment.now) }
    if let nextDue { pause = min(pause, nextDue - moment.now) }
    if waiting > 0 || mayHaveMore, let next = rate?.nextAt(moment.monotonic) {
      pause = min(pause, next - moment.monotonic)
    }
    return max(pause, .zero)
  }

  private mutating func readHours(at now: Timestamp) {
    closedUntil = hours.closedUntil(at: now)
    hoursChange = closedUntil ?? hours.nextClosing(after: now)
  }

  /// How many requests the rate lets through now.
  private var allowance: Int { rate?.available(at: instant) ?? .max }

  // MARK: Sharing

  /// Takes this gateway's part of the window and of the rate; what is in its hands already it finishes.
  package mutating func take(_ share: StoreShare) {
    let part = share.part(of: wholeLimit)
    isServed = part > 0
    window.setLimit(max(1, part))
    rate?.share(by: share.count, at: instant)
    signal()
  }

  // MARK: Claiming

  /// How many deliveries to claim now.
  package var claimable: Int {
    guard mayHaveMore, isServed, closedUntil == nil, bytesInHand < claimedBytes else { return 0 }
    let hands = claiming + waiting + underWay
    let room = window.isOpen ? 2 * window.places : window.places
    return max(0, min(room - hands, allowance - claiming - waiting))
  }

  /// The claim to submit now; nil while nothing can be taken.
  package var claim: ClaimRequest? {
    let count = claimable
    return count > 0 ? ClaimRequest(count, bytes: claimedBytes - bytesInHand, turn: turn) : nil
  }

  /// The store may have more than it had.
  package mutating func signal() {
    mayHaveMore = true
    signalledMeanwhile = true
  }

  package mutating func claimSubmitted(_ count: Int) {
    claiming += count
    signalledMeanwhile = false
  }

  /// An exchange that asked for `asked` gave `given`, of so many bytes. Returns whether the store is to be asked for the
  /// next due time.
  package mutating func claimed(_ given: Int, bytes: Int, of asked: ClaimRequest) -> Bool {
    claiming -= asked.count
    waiting += given
    bytesInHand += bytes
    turn += given
    // Whoever was given all the bytes that it asked for does not know whether there is more.
    guard given < asked.count, bytes < asked.bytes else { return false }
    if !signalledMeanwhile { mayHaveMore = false }
    guard storeKnowsDue else { return false }
    storeKnowsDue = false
    return true
  }

  package mutating func claimFailed(_ asked: Int) {
    claiming -= asked
    signal()
  }

  /// The store's own next due time, or nil when it has none; what was settled since is remembered beside it.
  package mutating func learned(nextDue due: Timestamp?) {
    guard let due else { return }
    nextDue = nextDue.map { min($0, due) } ?? due
  }

  /// The store could not be asked; the next sweep asks again.
  package mutating func dueUnknown() { storeKnowsDue = true }

  // MARK: Requests

  /// Whether a waiting delivery may start.
  package var canStart: Bool { waiting > 0 && underWay < window.places && closedUntil == nil && allowance > 0 }

  /// A waiting delivery starts; false, and nothing is changed, when a question to the party has meanwhile taken what the
  /// rate let through.
  package mutating func start() -> Bool {
    guard rate?.take(at: instant) ?? true else { return false }
    waiting -= 1
    underWay += 1
    return true
  }

  /// Whether another waiting delivery may go in the request that was just started. It has a place of its own in the window,
  /// and is no request of its own.
  package var canJoin: Bool { waiting > 0 && underWay < window.places }

  package mutating func joined() {
    waiting -= 1
    underWay += 1
  }

  /// A delivery under way goes back among the waiting: it will be sent again, in another variant or with a new token.
  package mutating func putBack() {
    underWay -= 1
    waiting += 1
  }

  /// A delivery under way is done with; its settlement joins the next exchange.
  package mutating func finished(nextAttemptAt due: Timestamp?, bytes: Int) {
    underWay -= 1
    bytesInHand -= bytes
    settled(nextAttemptAt: due)
  }

  /// A delivery under way was cancelled; its claim stays where it is.
  package mutating func dropped(bytes: Int) {
    underWay -= 1
    bytesInHand -= bytes
  }

  /// So many that wait are let go of; the claims stay where they are, and become somebody's again.
  package mutating func droppedWaiting(_ count: Int, bytes: Int) {
    guard count > 0 else { return }
    waiting -= count
    bytesInHand -= bytes
    signal()
  }

  /// A waiting delivery is given up without having been sent.
  package mutating func abandoned(nextAttemptAt due: Timestamp?, bytes: Int) {
    waiting -= 1
    bytesInHand -= bytes
    settled(nextAttemptAt: due)
  }

  private mutating func settled(nextAttemptAt due: Timestamp?) {
    if let due { learned(nextDue: due) } else { signal() }
  }

  // MARK: The window's events

  /// A request that began in `generation` says how the partner was reached.
  package mutating func reached(
    _ reach: DeliveryOutcome.Reach, in generation: Int, at moment: Moment, chance: Double
  ) -> DestinationWindow.Reaction {
    switch reach {
    case .answered:
      // The one that was answered is no longer counted among those under way.
      window.answered(in: generation, busy: underWay + 1)
      return .unchanged
    case .faulted:
      return window.faulted(in: generation, at: moment.monotonic, chance: chance)
    case .suspended(let wish):
      let until = wish.map { moment.monotonic + max($0 - moment.now, .zero) }
      return window.suspended(in: generation, at: moment.monotonic, until: until, chance: chance)
    case .unknown:
      return .unchanged
    }
  }
}
