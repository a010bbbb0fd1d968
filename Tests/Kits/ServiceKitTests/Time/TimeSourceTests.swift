import ServiceKit
import Testing

@Suite("Time sources")
struct TimeSourceTests {
  @Test("The held clock moves only when told to; setting the wall clock back leaves the monotonic one alone")
  func manual() {
    let clock = ManualTimeSource(now: Timestamp(seconds: 10))
    #expect(clock.now() == Timestamp(seconds: 10))
    clock.advance(by: .seconds(5))
    #expect(clock.now() == Timestamp(seconds: 15))
    #expect(clock.monotonic() == MonotonicInstant(nanoseconds: 5_000_000_000))
    clock.set(now: Timestamp(seconds: 3))
    #expect(clock.now() == Timestamp(seconds: 3))
    #expect(clock.monotonic() == MonotonicInstant(nanoseconds: 5_000_000_000))
  }

  @Test("The machine's monotonic clock does not run back")
  func system() {
    let clock = SystemTimeSource()
    var last = clock.monotonic()
    for _ in 0..<1_000 {
      let next = clock.monotonic()
      #expect(next >= last)
      last = next
    }
    #expect(clock.now() > Timestamp(seconds: 1_700_000_000))
  }

  @Test("A deadline further away than the clock reaches stops at its end")
  func farDeadline() {
    let start = MonotonicInstant(nanoseconds: 1)
    #expect((start + .seconds(Int64.max)).nanoseconds == .max)
    #expect((start + .seconds(1)).nanoseconds == 1_000_000_001)
    #expect(start + .seconds(1) - start == .seconds(1))
  }
}
