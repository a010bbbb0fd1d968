import Delivery
import ServiceKit
import Testing

@Suite struct DestinationWindowTests {
  private let start = MonotonicInstant(nanoseconds: 0)

  /// Closes a window of this size by faults and returns when it may probe.
  private func close(_ window: inout DestinationWindow, at now: MonotonicInstant) -> MonotonicInstant? {
    for _ in 0..<1_000 {
      if case .closed(let until) = window.faulted(in: window.generation, at: now, chance: 0) { return until }
    }
    return nil
  }

  @Test("a whole window of answers makes it one larger, up to its limit and no further than it is used")
  func growing() {
    var window = DestinationWindow(limit: 7)
    #expect(window.places == 5)
    for _ in 0..<4 { window.answered(in: 0, busy: 5) }
    #expect(window.places == 5)
    window.answered(in: 0, busy: 5)
    #expect(window.places == 6)
    for _ in 0..<6 { window.answered(in: 0, busy: 1) }
    #expect(window.places == 6, "one request at a time shows nothing about seven")
    for _ in 0..<100 { window.answered(in: 0, busy: 6) }
    #expect(window.places == 7)
    #expect(DestinationWindow(limit: 2).places == 2)
  }

  @Test("the first fault takes a place at once, the next place goes after a window of faults")
  func shrinking() {
    var policy = WindowPolicy()
    policy.failedWindows = 100
    var window = DestinationWindow(limit: 10, policy: policy)
    #expect(window.faulted(in: 0, at: start, chance: 0) == .unchanged)
    #expect(window.places == 4)
    for _ in 0..<3 { _ = window.faulted(in: 0, at: start, chance: 0) }
    #expect(window.places == 4)
    _ = window.faulted(in: 0, at: start, chance: 0)
    #expect(window.places == 3)
    for _ in 0..<100 { _ = window.faulted(in: 0, at: start, chance: 0) }
    #expect(window.places == 1, "it never shrinks to nothing: only a closure stops a destination")
  }

  @Test("a window full of faults closes it; an answer between them does not let them add up")
  func closing() {
    var window = DestinationWindow(limit: 4)
    for _ in 0..<50 {
      #expect(window.faulted(in: 0, at: start, chance: 0) == .unchanged || window.places == 1)
      if !window.isOpen { break }
      window.answered(in: 0, busy: 4)
    }
    var fresh = DestinationWindow(limit: 4)
    var faults = 1
    while fresh.faulted(in: 0, at: start, chance: 0) == .unchanged { faults += 1 }
    #expect(faults == 4)
    #expect(fresh.places == 0 && fresh.closedUntil == start + .seconds(1))
  }

  @Test("after the pause one request probes; failed probes wait 2 s, 4 s … 60 s")
  func probing() throws {
    var window = DestinationWindow(limit: 1)
    var now = start
    var pauses: [Duration] = []
    for _ in 0..<8 {
      guard case .closed(let until) = window.faulted(in: window.generation, at: now, chance: 0) else {
        Issue.record("a failed probe closes the window again")
        return
      }
      pauses.append(until - now)
      window.pass(to: until + .nanoseconds(-1))
      #expect(window.places == 0)
      window.pass(to: until)
      #expect(window.places == 1)
      #expect(!window.isOpen)
      now = until
    }
    #expect(pauses == [1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
    window.answered(in: window.generation, busy: 1)
    #expect(window.isOpen)
    #expect(try #require(close(&window, at: now)) - now == .seconds(1), "an answer ends the row of failed probes")
  }

  @Test("a destination that comes back is met by the initial window, not by the one it had")
  func slowStart() throws {
    var window = DestinationWindow(limit: 100)
    for _ in 0..<10_000 { window.answered(in: 0, busy: window.places) }
    #expect(window.places == 100)
    let probe = try #require(close(&window, at: start))
    window.pass(to: probe)
    window.answered(in: window.generation, busy: 1)
    #expect(window.places == 5)
    for _ in 0..<5 { window.answered(in: window.generation, busy: 5) }
    #expect(window.places == 6)
  }

  @Test("requests sent before the window closed count neither for nor against it")
  func stragglers() throws {
    var window = DestinationWindow(limit: 2)
    let closed = try #require(close(&window, at: start))
    #expect(window.faulted(in: 0, at: start + .milliseconds(500), chance: 0) == .unchanged)
    #expect(window.closedUntil == closed)
    window.answered(in: 0, busy: 1)
    #expect(window.places == 0)
    window.pass(to: start + .seconds(1))
    #expect(window.faulted(in: 0, at: start + .seconds(2), chance: 0) == .unchanged)
    #expect(window.places == 1)
  }

  @Test("a partner that says when to come again is left alone until then, and chance shortens our own pauses only")
  func suspended() {
    var window = DestinationWindow(limit: 8)
    let wish = start + .seconds(90)
    #expect(window.suspended(in: 0, at: start, until: wish, chance: 0.9) == .closed(until: wish))
    window.pass(to: wish)
    #expect(
      window.faulted(in: window.generation, at: wish, chance: 0.5) == .closed(until: wish + .milliseconds(875)))
  }

  @Test("a smaller limit holds at once, a larger one is grown into")
  func limit() {
    var window = DestinationWindow(limit: 8)
    for _ in 0..<100 { window.answered(in: 0, busy: window.places) }
    window.setLimit(3)
    #expect(window.places == 3)
    window.setLimit(8)
    #expect(window.places == 3)
    for _ in 0..<3 { window.answered(in: 0, busy: 3) }
    #expect(window.places == 4)
  }
}
