import Testing

@testable import ServiceKit

@Suite("Log: repeated lines")
struct LogRepeatTests {
  private let clock = ManualTimeSource()
  private let memory = LogMemory()

  private func log(lines: Int) -> Log {
    var limits = LogLimits()
    limits.repeatedLines = lines
    limits.repeatWindow = .seconds(10)
    return Log(format: .logfmt, output: memory, time: clock, limits: limits)
  }

  @Test("Limit: lines of one event in a window; the next line of the event tells how many were held back")
  func limit() {
    let log = log(lines: 3)
    for number in 0..<8 {
      log.info("again", [.count(number)])
      log.info("seldom")
      clock.advance(by: .milliseconds(10))
    }
    #expect(memory.lines.filter { $0.contains("event=again") }.count == 3)
    #expect(memory.lines.filter { $0.contains("event=seldom") }.count == 3)
    clock.advance(by: .seconds(10))
    log.info("again", [.count(99)])
    #expect(memory.lines.contains { $0.hasSuffix("event=again count=99 suppressed=5") })
    #expect(memory.lines.contains { $0.hasSuffix("event=log-lines-suppressed reason=seldom count=5") })
    log.info("again")
    #expect(memory.lines.last?.hasSuffix("event=again") == true)
  }

  @Test("A flush tells of lines held back at once, and once")
  func flush() {
    let log = log(lines: 1)
    for _ in 0..<4 { log.warning("again") }
    #expect(log.flush())
    #expect(log.flush())
    #expect(memory.lines.count == 2)
    #expect(memory.lines.last?.hasSuffix("level=warning event=log-lines-suppressed reason=again count=3") == true)
  }

  @Test("A window ends exactly after its length")
  func windowEnd() {
    var limits = LogLimits()
    limits.repeatedLines = 1
    var repeats = LogRepeats(limits: limits)
    let start = MonotonicInstant(nanoseconds: 0)
    #expect(repeats.decide("e", at: start) == .write(suppressed: 0))
    #expect(repeats.decide("e", at: start + limits.repeatWindow + .nanoseconds(-1)) == .suppress)
    #expect(repeats.decide("e", at: start + limits.repeatWindow) == .write(suppressed: 1))
    #expect(repeats.decide("e", at: start + limits.repeatWindow) == .suppress)
  }
}
