import Delivery
import DossierModel
import ServiceKit
import Testing

@Suite struct DestinationWindowTests {
  private let start = MonotonicInstant(nanoseconds: 0)

  @Test("as many faults in a row as there are places close the window; an answer between them does not let them add up")
  func closing() {
    var window = DestinationWindow(size: 3)
    #expect(window.limit == 3)
    for _ in 0..<2 { #expect(window.faulted(in: 0, at: start, chance: 0) == .unchanged) }
    window.answered(in: 0)
    for _ in 0..<2 { #expect(window.faulted(in: 0, at: start, chance: 0) == .unchanged) }
    #expect(window.faulted(in: 0, at: start, chance: 0) == .closed(until: start + .seconds(1)))
    #expect(window.limit == 0)
  }

  @Test("a large window closes after eight faults")
  func largeWindow() {
    var window = DestinationWindow(size: 100)
    for _ in 0..<7 { #expect(window.faulted(in: 0, at: start, chance: 0) == .unchanged) }
    #expect(window.faulted(in: 0, at: start, chance: 0) != .unchanged)
  }

  @Test("after the pause one request probes; failed probes wait 2 s, 4 s … 60 s, an answer opens the whole window")
  func probing() {
    var window = DestinationWindow(size: 1)
    var now = start
    var pauses: [Duration] = []
    for _ in 0..<8 {
      guard case .closed(let until) = window.faulted(in: window.generation, at: now, chance: 0) else {
        Issue.record("a failed probe closes the window again")
        return
      }
      pauses.append(until - now)
      window.pass(to: until + .nanoseconds(-1))
      #expect(window.limit == 0)
      window.pass(to: until)
      #expect(window.limit == 1)
      #expect(!window.isOpen)
      now = until
    }
    #expect(pauses == [1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
    window.answered(in: window.generation)
    #expect(window.isOpen)
    guard case .closed(let until) = window.faulted(in: window.generation, at: now, chance: 0) else {
      Issue.record("one fault closes a window of one")
      return
    }
    #expect(until - now == .seconds(1))
  }

  @Test("requests sent before the window closed count neither for nor against it")
  func stragglers() {
    var window = DestinationWindow(size: 2)
    for _ in 0..<2 { _ = window.faulted(in: 0, at: start, chance: 0) }
    let closed = window.closedUntil
    #expect(window.faulted(in: 0, at: start + .milliseconds(500), chance: 0) == .unchanged)
    #expect(window.closedUntil == closed)
    window.answered(in: 0)
    #expect(window.limit == 0)
    window.pass(to: start + .seconds(1))
    #expect(window.faulted(in: 0, at: start + .seconds(2), chance: 0) == .unchanged)
    #expect(window.limit == 1)
  }

  @Test("a partner that says when to come again is left alone until then, and chance shortens our own pauses only")
  func suspended() {
    var window = DestinationWindow(size: 8)
    let wish = start + .seconds(90)
    #expect(window.suspended(in: 0, at: start, until: wish, chance: 0.9) == .closed(until: wish))
    window.pass(to: wish)
    #expect(
      window.faulted(in: window.generation, at: wish, chance: 0.5) == .closed(until: wish + .milliseconds(875)))
  }
}

@Suite struct DestinationScheduleTests {
  private let start = Moment(now: Timestamp(seconds: 1_000_000), monotonic: MonotonicInstant(nanoseconds: 0))

  private func schedule(window: Int) -> DestinationSchedule {
    DestinationSchedule(window: DestinationWindow(size: window), at: start)
  }

  private func later(_ duration: Duration) -> Moment {
    Moment(now: start.now + duration, monotonic: start.monotonic + duration)
  }

  @Test("it claims twice its window, starts as many as there are places, and claims again what was freed")
  func claiming() {
    var schedule = schedule(window: 2)
    #expect(schedule.claimable == 4)
    schedule.claimSubmitted(4)
    #expect(schedule.claimable == 0)
    #expect(schedule.claimed(4, of: 4) == false)
    #expect(schedule.canStart)
    schedule.started()
    schedule.started()
    #expect(!schedule.canStart)
    schedule.finished(nextAttemptAt: nil)
    #expect(schedule.canStart)
    #expect(schedule.claimable == 1)
  }

  @Test("after a short claim it asks once for the next due time, rests, and claims again when that time comes")
  func nextDue() {
    var schedule = schedule(window: 2)
    schedule.claimSubmitted(4)
    #expect(schedule.claimed(0, of: 4) == true)
    schedule.learned(nextDue: start.now + .seconds(10))
    #expect(schedule.claimable == 0)
    #expect(schedule.pause(at: start) == .seconds(10))
    schedule.pass(to: later(.seconds(9)))
    #expect(schedule.claimable == 0)
    schedule.pass(to: later(.seconds(10)))
    #expect(schedule.claimable == 4)
  }

  @Test("a delivery that is deferred here needs no question to the store")
  func ownDue() {
    var schedule = schedule(window: 1)
    schedule.claimSubmitted(2)
    #expect(schedule.claimed(1, of: 2) == true)
    schedule.learned(nextDue: nil)
    schedule.started()
    schedule.finished(nextAttemptAt: start.now + .seconds(5))
    #expect(schedule.claimable == 0)
    #expect(schedule.pause(at: start) == .seconds(5))
    schedule.pass(to: later(.seconds(5)))
    #expect(schedule.claimable == 2)
  }

  @Test("a ready signal during a claim under way is not lost by that claim coming back short")
  func signalMeanwhile() {
    var schedule = schedule(window: 1)
    schedule.claimSubmitted(2)
    schedule.signal()
    _ = schedule.claimed(0, of: 2)
    #expect(schedule.claimable == 2)
  }

  @Test("a failed exchange gives the room back")
  func claimFailed() {
    var schedule = schedule(window: 1)
    schedule.claimSubmitted(2)
    schedule.claimFailed(2)
    #expect(schedule.claimable == 2)
  }

  @Test("a closed destination claims nothing, and one as its probe when the pause is over")
  func closed() {
    var schedule = schedule(window: 1)
    schedule.claimSubmitted(2)
    _ = schedule.claimed(2, of: 2)
    schedule.started()
    schedule.finished(nextAttemptAt: start.now + .seconds(5))
    #expect(schedule.reached(.faulted, in: 0, at: start, chance: 0) == .closed(until: later(.seconds(1)).monotonic))
    schedule.abandoned(nextAttemptAt: start.now + .seconds(5))
    schedule.signal()
    #expect(schedule.claimable == 0)
    #expect(schedule.pause(at: start) == .seconds(1))
    schedule.pass(to: later(.seconds(1)))
    #expect(schedule.claimable == 1)
  }

  @Test("what asks for a pause in the world's time is waited for on the clock that nobody sets")
  func suspendedUntil() {
    var schedule = schedule(window: 4)
    let reaction = schedule.reached(.suspended(until: start.now + .seconds(7)), in: 0, at: start, chance: 0)
    #expect(reaction == .closed(until: later(.seconds(7)).monotonic))
  }

  @Test("once a minute it looks without having been told to")
  func sweep() {
    var schedule = schedule(window: 1)
    schedule.claimSubmitted(2)
    _ = schedule.claimed(0, of: 2)
    schedule.learned(nextDue: nil)
    #expect(schedule.pause(at: start) == .seconds(60))
    schedule.pass(to: later(.seconds(60)))
    #expect(schedule.claimable == 2)
  }
}

@Suite struct DestinationCredentialTests {
  private let start = MonotonicInstant(nanoseconds: 0)

  @Test("one login runs at a time, and those refused with the old token find the new one")
  func oneLogin() {
    var credential = DestinationCredential(isRenewable: true)
    #expect(credential.need(at: start) == .renew)
    #expect(credential.need(at: start) == .wait)
    credential.renewed("a", lifetime: nil, at: start)
    #expect(credential.need(at: start) == .use(token: "a", generation: 1))
    credential.rejected(generation: 1)
    #expect(credential.need(at: start) == .renew)
    // A second refusal of the same token while the login runs, and one after it.
    credential.rejected(generation: 1)
    #expect(credential.need(at: start) == .wait)
    credential.renewed("b", lifetime: nil, at: start)
    credential.rejected(generation: 1)
    #expect(credential.need(at: start) == .use(token: "b", generation: 2))
  }

  @Test("a token is used up to its lifetime and not at its end")
  func lifetime() {
    var credential = DestinationCredential(isRenewable: true)
    _ = credential.need(at: start)
    credential.renewed("a", lifetime: .seconds(60), at: start)
    #expect(credential.need(at: start + .seconds(60) + .nanoseconds(-1)) == .use(token: "a", generation: 1))
    #expect(credential.need(at: start + .seconds(60)) == .renew)
  }

  @Test("a failed login may be tried again, and a partner without login needs none")
  func failureAndNone() {
    var credential = DestinationCredential(isRenewable: true)
    _ = credential.need(at: start)
    credential.renewalFailed()
    #expect(credential.need(at: start) == .renew)
    var none = DestinationCredential(isRenewable: false)
    #expect(none.need(at: start) == .use(token: "", generation: 0))
  }
}
