import Delivery
import DossierModel
import DossierStore
import ServiceKit
import Testing

@Suite struct DestinationScheduleTests {
  private let start = Moment(now: Timestamp(seconds: 1_000_000), monotonic: MonotonicInstant(nanoseconds: 0))

  private func schedule(window: Int) -> DestinationSchedule {
    DestinationSchedule(window: DestinationWindow(limit: window), at: start)
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
    #expect(schedule.claimed(4, bytes: 0, of: 4) == false)
    #expect(schedule.canStart)
    #expect(schedule.start() == true)
    #expect(schedule.start() == true)
    #expect(!schedule.canStart)
    schedule.finished(nextAttemptAt: nil, bytes: 0)
    #expect(schedule.canStart)
    #expect(schedule.claimable == 1)
  }

  @Test("after a short claim it asks once for the next due time, rests, and claims again when that time comes")
  func nextDue() {
    var schedule = schedule(window: 2)
    schedule.claimSubmitted(4)
    #expect(schedule.claimed(0, bytes: 0, of: 4) == true)
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
    #expect(schedule.claimed(1, bytes: 0, of: 2) == true)
    schedule.learned(nextDue: nil)
    #expect(schedule.start() == true)
    schedule.finished(nextAttemptAt: start.now + .seconds(5), bytes: 0)
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
    _ = schedule.claimed(0, bytes: 0, of: 2)
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
    _ = schedule.claimed(2, bytes: 0, of: 2)
    #expect(schedule.start() == true)
    schedule.finished(nextAttemptAt: start.now + .seconds(5), bytes: 0)
    #expect(schedule.reached(.faulted, in: 0, at: start, chance: 0) == .closed(until: later(.seconds(1)).monotonic))
    schedule.abandoned(nextAttemptAt: start.now + .seconds(5), bytes: 0)
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
    _ = schedule.claimed(0, bytes: 0, of: 2)
    schedule.learned(nextDue: nil)
    #expect(schedule.pause(at: start) == .seconds(60))
    schedule.pass(to: later(.seconds(60)))
    #expect(schedule.claimable == 2)
  }

  @Test("outside the agency's hours nothing is claimed or started, and it wakes when they begin")
  func hours() throws {
    // 1970-01-12T13:46:40Z is 20:46:40 in Viet Nam, a Monday.
    let hours = try #require(
      DeliveryHours(quiet: [DeliveryHours.Quiet(weekdays: [.monday], from: 21 * 60, length: 60)]))
    var schedule = DestinationSchedule(window: DestinationWindow(limit: 1), hours: hours, at: start)
    schedule.claimSubmitted(2)
    _ = schedule.claimed(2, bytes: 0, of: 2)
    #expect(schedule.canStart)
    let closing = later(.seconds(800))
    #expect(schedule.closedUntil == nil && schedule.pause(at: start) == .seconds(60))
    schedule.pass(to: later(.seconds(799)))
    #expect(schedule.canStart && schedule.pause(at: later(.seconds(799))) == .seconds(1))
    schedule.pass(to: closing)
    #expect(!schedule.canStart && schedule.closedUntil == closing.now + .seconds(3_600))
    schedule.abandoned(nextAttemptAt: schedule.closedUntil, bytes: 0)
    schedule.abandoned(nextAttemptAt: schedule.closedUntil, bytes: 0)
    schedule.signal()
    #expect(schedule.claimable == 0)
    schedule.pass(to: later(.seconds(800 + 3_600)))
    #expect(schedule.claimable == 2)
  }

  @Test("a rate lets through what it says, and no more is claimed than may go out")
  func rate() {
    let rate = RateLimit(requests: 6, period: .seconds(60), burst: 2)
    var schedule = DestinationSchedule(window: DestinationWindow(limit: 8), rate: RequestRate(rate), at: start)
    #expect(schedule.claimable == 1)
    schedule.claimSubmitted(1)
    #expect(schedule.claimable == 0)
    _ = schedule.claimed(1, bytes: 0, of: 1)
    #expect(schedule.start() == true)
    #expect(schedule.claimable == 0 && schedule.pause(at: start) == .seconds(10))
    schedule.finished(nextAttemptAt: nil, bytes: 0)
    schedule.pass(to: later(.seconds(9)))
    #expect(schedule.claimable == 0)
    schedule.pass(to: later(.seconds(10)))
    #expect(schedule.claimable == 1)
    schedule.pass(to: later(.seconds(59)))
    #expect(schedule.claimable == 2, "after a rest a burst may go out, and no more")
  }

  @Test("what a question to the party took of the rate meanwhile is not there for a delivery that waits")
  func takenMeanwhile() {
    let rate = RequestRate(RateLimit(requests: 6, period: .seconds(60)))
    var schedule = DestinationSchedule(window: DestinationWindow(limit: 8), rate: rate, at: start)
    schedule.claimSubmitted(1)
    _ = schedule.claimed(1, bytes: 0, of: 1)
    #expect(schedule.canStart)
    #expect(rate.book(at: start.monotonic) == start.monotonic)
    #expect(!schedule.start() && schedule.waiting == 1 && schedule.underWay == 0 && !schedule.canStart)
    #expect(schedule.pause(at: start) == .seconds(10))
    // Another question books the next turn.
    #expect(rate.book(at: start.monotonic) == start.monotonic + .seconds(10))
    schedule.pass(to: later(.seconds(10)))
    #expect(!schedule.canStart)
    schedule.pass(to: later(.seconds(20)))
    #expect(schedule.canStart && schedule.start())
  }

  @Test("gateways that share a store divide a window and a rate, and one without a part claims nothing")
  func share() {
    var schedules = (0..<3).map { rank in
      var schedule = DestinationSchedule(
        window: DestinationWindow(limit: 5),
        rate: RequestRate(RateLimit(requests: 60, period: .seconds(60), burst: 6)), at: start)
      schedule.take(StoreShare(rank: rank, count: 3))
      return schedule
    }
    #expect(schedules.map(\.window.limit) == [2, 2, 1])
    for index in schedules.indices {
      schedules[index].pass(to: later(.seconds(100)))
      #expect(schedules[index].claimable == 2, "a third of the burst")
    }
    schedules[0].take(.whole)
    schedules[0].pass(to: later(.seconds(200)))
    #expect(schedules[0].window.limit == 5 && schedules[0].claimable == 4, "it grows into what it got back")

    var last = DestinationSchedule(window: DestinationWindow(limit: 1), at: start)
    last.claimSubmitted(2)
    _ = last.claimed(2, bytes: 0, of: 2)
    last.take(StoreShare(rank: 1, count: 2))
    #expect(last.canStart, "what it holds it sends")
    #expect(last.start() == true)
    last.finished(nextAttemptAt: nil, bytes: 0)
    last.signal()
    #expect(last.claimable == 0)
    last.take(.whole)
    #expect(last.claimable == 1)
  }

  @Test("it claims no more while it has as many bytes in hand as it may, and goes on when some are settled")
  func bytes() {
    var schedule = DestinationSchedule(window: DestinationWindow(limit: 8), claimedBytes: 1_000, at: start)
    #expect(schedule.claim == ClaimRequest(10, bytes: 1_000))
    schedule.claimSubmitted(10)
    #expect(
      schedule.claimed(5, bytes: 1_000, of: ClaimRequest(10, bytes: 1_000)) == false,
      "fewer than were asked for, because of their bytes: the store is not taken for empty")
    #expect(schedule.claim == nil)
    #expect(schedule.start() == true)
    schedule.finished(nextAttemptAt: nil, bytes: 1)
    #expect(schedule.claim == ClaimRequest(6, bytes: 1, turn: 5))
    schedule.claimSubmitted(6)
    #expect(schedule.claimed(1, bytes: 900, of: ClaimRequest(6, bytes: 1, turn: 5)) == false)
    #expect(schedule.start() == true)
    schedule.dropped(bytes: 900)
    #expect(schedule.claim?.bytes == 1)
    schedule.abandoned(nextAttemptAt: nil, bytes: 99)
    #expect(schedule.claim?.bytes == 100)
    schedule.droppedWaiting(3, bytes: 900)
    #expect(schedule.claim == ClaimRequest(10, bytes: 1_000, turn: 6))
    schedule.claimSubmitted(10)
    #expect(schedule.claimed(5, bytes: 999, of: ClaimRequest(10, bytes: 1_000)) == true, "there were no more")
  }
}
