import Delivery
import ServiceKit
import Testing

@Suite struct DeliveryHoursTests {
  private func moment(_ text: String) throws -> Timestamp { try Timestamp(rfc3339: text, assuming: .vietnam) }

  @Test("hours past midnight belong to the day they begin on, by Viet Nam's clock")
  func pastMidnight() throws {
    // Friday evening to Saturday morning.
    let hours = try #require(
      DeliveryHours(quiet: [DeliveryHours.Quiet(weekdays: [.friday], from: 22 * 60, length: 480)]))
    let morning = try moment("2026-11-21T06:00:00")
    #expect(hours.closedUntil(at: try moment("2026-11-20T22:00:00")) == morning)
    #expect(hours.closedUntil(at: try moment("2026-11-21T05:59:59.999999")) == morning)
    #expect(hours.closedUntil(at: try moment("2026-11-20T21:59:59.999999")) == nil)
    #expect(hours.closedUntil(at: morning) == nil)
    #expect(hours.closedUntil(at: try moment("2026-11-19T23:00:00")) == nil, "Thursday night is open")
    #expect(hours.nextClosing(after: morning) == (try moment("2026-11-27T22:00:00")))
    #expect(hours.nextClosing(after: try moment("2026-11-20T21:00:00")) == (try moment("2026-11-20T22:00:00")))
  }

  @Test("spans that touch or overlap are one, maintenance among them")
  func union() throws {
    let maintenance = DeliveryHours.Maintenance(
      from: try moment("2026-11-21T05:00:00"), to: try moment("2026-11-22T00:00:00"))
    let hours = try #require(
      DeliveryHours(
        quiet: [
          DeliveryHours.Quiet(weekdays: [.sunday], from: 0, length: 1_440),
          DeliveryHours.Quiet(from: 22 * 60, length: 8 * 60),
        ], maintenance: [maintenance]))
    // Friday night, maintenance on Saturday, Saturday night, Sunday, Sunday night.
    #expect(hours.closedUntil(at: try moment("2026-11-20T23:00:00")) == (try moment("2026-11-23T06:00:00")))
  }

  @Test("an agency without hours is always open, and one that is never open is refused")
  func ends() throws {
    #expect(DeliveryHours.always.closedUntil(at: try moment("2026-11-20T23:00:00")) == nil)
    #expect(DeliveryHours.always.nextClosing(after: .epoch) == nil)
    #expect(DeliveryHours(quiet: [DeliveryHours.Quiet(from: 300, length: 1_440)]) == nil)
    #expect(DeliveryHours(quiet: [DeliveryHours.Quiet(from: 300, length: 1_439)]) != nil)
  }

  @Test("what it says agrees with itself minute by minute over three weeks")
  func agrees() throws {
    let hours = try #require(
      DeliveryHours(
        quiet: [
          DeliveryHours.Quiet(weekdays: [.monday, .wednesday, .friday], from: 1_380, length: 125),
          DeliveryHours.Quiet(weekdays: [.saturday], from: 0, length: 1_440),
          DeliveryHours.Quiet(from: 11 * 60 + 30, length: 90),
        ],
        maintenance: [
          DeliveryHours.Maintenance(from: try moment("2026-11-23T10:07:00"), to: try moment("2026-11-23T11:45:00"))
        ]))
    let start = try moment("2026-11-16T00:00:00")
    let closed = (0..<21 * 1_440).map { hours.closedUntil(at: start + .seconds($0 * 60)) != nil }
    for minute in stride(from: 0, to: 14 * 1_440, by: 7) {
      let now = start + .seconds(minute * 60)
      if closed[minute] {
        let open = try #require(closed[minute...].firstIndex(of: false))
        #expect(hours.closedUntil(at: now) == start + .seconds(open * 60))
      } else {
        let next = try #require(closed[minute...].firstIndex(of: true))
        #expect(hours.nextClosing(after: now) == start + .seconds(next * 60))
      }
    }
  }
}
