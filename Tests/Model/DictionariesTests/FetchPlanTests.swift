import Dictionaries
import ServiceKit
import Testing

@Suite("The plan of fetching")
struct FetchPlanTests {
  private func moment(_ text: String) throws -> Timestamp { try Timestamp(rfc3339: text + ":00+07:00") }

  private func checked(_ text: String) throws -> FetchStanding {
    var standing = FetchStanding()
    standing.succeeded(at: try moment(text))
    return standing
  }

  private let nightly = FetchPlan.nightly(from: TimeOfDay(minutes: 60)!, minutes: 240)

  @Test("asks at once for what never came")
  func first() throws {
    let now = try moment("2026-11-21T15:00")
    #expect(nightly.due(after: FetchStanding(), at: now, chance: 0.9) == now)
  }

  @Test("asks once in every night, at a moment of its hours that chance draws")
  func everyNight() throws {
    let noon = try moment("2026-11-21T12:00")
    #expect(
      nightly.due(after: try checked("2026-11-21T04:59"), at: noon, chance: 0) == (try moment("2026-11-22T01:00")))
    #expect(
      nightly.due(after: try checked("2026-11-21T01:00"), at: noon, chance: 0.5) == (try moment("2026-11-22T03:00")))
    // Fetched by hand before the night's hours began: the night is still to come.
    #expect(
      nightly.due(after: try checked("2026-11-21T00:30"), at: try moment("2026-11-21T00:31"), chance: 0)
        == (try moment("2026-11-21T01:00")))
    // The gateway was off at night.
    #expect(nightly.due(after: try checked("2026-11-18T02:00"), at: noon, chance: 0.5) < noon)
  }

  @Test("asks every so often, up to an eighth earlier by chance")
  func every() throws {
    let plan = FetchPlan.every(.seconds(8 * 3_600))
    let standing = try checked("2026-11-21T08:00")
    let now = try moment("2026-11-21T08:01")
    #expect(plan.due(after: standing, at: now, chance: 0) == (try moment("2026-11-21T16:00")))
    #expect(plan.due(after: standing, at: now, chance: 1) == (try moment("2026-11-21T15:00")))
  }

  @Test("tries again after one minute, two, four, six hours at most, and never later than its own pause")
  func retries() throws {
    let now = try moment("2026-11-21T08:00")
    func pause(after failures: Int, _ plan: FetchPlan, chance: Double = 0) -> Duration {
      var standing = FetchStanding()
      for _ in 0..<failures { standing.failed("HTTP 503", at: now) }
      return plan.due(after: standing, at: now, chance: chance) - now
    }
    #expect((1...3).map { pause(after: $0, nightly) } == [.seconds(60), .seconds(120), .seconds(240)])
    #expect(pause(after: 100, nightly) == .seconds(6 * 3_600))
    #expect(pause(after: 1, nightly, chance: 1) == .seconds(45))
    #expect(pause(after: 5, .every(.seconds(30))) == .seconds(30))
  }

  @Test("is not put off for long by a clock that was ahead")
  func clock() throws {
    let now = try moment("2026-11-21T08:00")
    let due = nightly.due(after: try checked("2030-01-01T00:00"), at: now, chance: 0)
    #expect(due <= now + .seconds(28 * 3_600))
  }
}
