import DossierModel
import Gateway
import GatewayTesting
import Management
import ServiceKit
import Testing

@Suite("A schedule for statistics")
struct StatisticsScheduleTests {
  private func schedule(_ since: String) throws -> StatisticsSchedule {
    StatisticsSchedule(agency: "H99.14", sender: "van-phong", since: try #require(ReportMonth(since)))
  }

  @Test(
    "goes from the first period to the next, by months or by years, and not back behind the first",
    arguments: [
      ("2026-11", nil, "2026-11"), ("2026-11", "2026-11", "2026-12"), ("2026-11", "2026-12", "2027-01"),
      ("2026-11", "2026-03", "2026-11"), ("2026", nil, "2026"), ("2026", "2026", "2027"),
      // What another schedule left in its place.
      ("2026-11", "2026", "2026-11"), ("2026-11", "hôm qua", "2026-11"),
    ])
  func period(since: String, last: String?, period: String) throws {
    #expect(try schedule(since).period(after: last).description == period)
  }

  @Test("waits behind the period's end, by Viet Nam's clock")
  func moment() throws {
    var schedule = try schedule("2026-11")
    let month = schedule.since
    #expect(schedule.moment(of: month) == (try Timestamp(rfc3339: "2026-12-01T06:00:00+07:00")))
    schedule.wait = .seconds(2 * 86_400)
    #expect(schedule.moment(of: month) == (try Timestamp(rfc3339: "2026-12-03T00:00:00+07:00")))
    let year = try #require(ReportMonth("2026"))
    #expect(try self.schedule("2026").moment(of: year) == (try Timestamp(rfc3339: "2027-01-01T06:00:00+07:00")))
  }

  @Test(
    "a quarter, a day and a month that is none are no periods of statistics",
    arguments: ["2026-Q4", "2026-11-20", "2026-13", "2026-1", ""])
  func months(text: String) { #expect(ReportMonth(text) == nil) }

  @Test(
    "says what it cannot send: an unknown sender, one that sends no statistics, a period that is none, the same twice")
  func misfits() {
    func errors(_ lines: String) -> String {
      let test = TestSite()
      test.append("statistics:\n" + lines, to: "gateway.yaml")
      do throws(SiteErrors) {
        _ = try SitePlan(try Site(folder: test.site))
        return ""
      } catch {
        return error.description
      }
    }
    #expect(errors("  - { agency: a, sender: nobody, since: 2026-11 }\n").contains("there is no party ‘nobody’"))
    #expect(errors("  - { agency: a, sender: mot-cua, since: 2026-11 }\n").contains("does not send rest/statistics"))
    let twice = String(repeating: "  - { agency: a, sender: mot-cua, since: 2026-11 }\n", count: 2)
    #expect(errors(twice).contains("stands there twice"))
    #expect(errors("  - { agency: a, sender: mot-cua, since: 2026-Q4 }\n").contains("no month and no year"))
    #expect(errors("  - { agency: a, sender: mot-cua, since: 2026-11, wait: 40d }\n").contains("wait"))
    #expect(errors("  - { agency: a, sender: mot-cua, since: 2026-11, sent: 1d }\n").contains("sent"))
  }
}
