import Delivery
import DossierModel
import DossierStore
import GatewayTesting
import HTTPKit
import ServiceKit
import Testing

@Suite("Asking partners that do not call us", .timeLimit(.minutes(2)))
struct PollerTests {
  /// Five records, two to a page, behind the one that is asked for.
  private func five() -> PollerRig.Partner {
    PollerRig.Partner { request in
      let after = Int(request.url.split(separator: "=").last ?? "") ?? 0
      let rows = (1...5).filter { $0 > after }.prefix(2).map { "{\"id\":\($0)}" }.joined(separator: ",")
      return .text(200, "{\"rows\":[\(rows)]}")
    }
  }

  @Test("goes through all pages, keeps where it is, and asks again from there after the pause")
  func pages() throws {
    let rig = try PollerRig(five())
    defer { rig.stop() }
    #expect(rig.until { rig.row?.succeeded != nil })
    #expect(rig.line.names == ["1", "2", "3", "4", "5"] && rig.row?.place.cursor == "5" && rig.row?.taken == 5)
    let count = rig.partner.requests.count
    #expect(count == 3)
    rig.advance(by: .seconds(299))
    #expect(!Patience.until(seconds: 0.3) { rig.partner.requests.count > count })
    rig.advance(by: .seconds(1))
    #expect(rig.until { rig.partner.requests.count == count + 1 })
    #expect(rig.partner.requests.last?.hasSuffix("after=5") == true)
  }

  @Test("repeats what was taken when its place did not get to the disk, and the place never runs ahead")
  func crashBetweenItemAndPlace() throws {
    let folder = TemporaryFolder()
    let line = PollerRig.Line()
    let first = try PollerRig(five(), line: line, folder: folder)
    // The first page is in the line, and the process ends before the report of it is stored.
    first.ledger.loseReports(.max)
    #expect(first.until { first.ledger.lossesLeft < .max })
    #expect(line.names.starts(with: ["1", "2"]) && first.row?.place.cursor == nil)
    first.stop()
    let taken = line.names.count
    let second = try PollerRig(five(), line: line, folder: folder)
    defer { second.stop() }
    #expect(second.until { second.row?.succeeded != nil })
    #expect(Array(line.names.dropFirst(taken)) == ["1", "2", "3", "4", "5"])
    // Those that were there before are no new messages.
    #expect(second.row?.taken == 3 && second.row?.place.cursor == "5")
  }

  @Test("goes on by itself after a report that did not get to the disk")
  func lostReport() throws {
    let rig = try PollerRig(five())
    defer { rig.stop() }
    rig.ledger.loseReports(1)
    #expect(
      rig.until {
        rig.time.advance(by: .seconds(1))
        return rig.row?.succeeded != nil
      })
    #expect(rig.row?.place.cursor == "5" && Set(rig.line.names).count == 5)
  }

  @Test("keeps what cannot be taken, and lets it go down the line again when an operator says so")
  func offeredAgain() throws {
    let line = PollerRig.Line()
    line.refuse("3")
    let rig = try PollerRig(five(), line: line)
    defer { rig.stop() }
    #expect(rig.until { rig.row?.succeeded != nil })
    #expect(line.names == ["1", "2", "4", "5"] && rig.row?.keptItems == 1 && rig.row?.place.cursor == "5")
    let item = try #require(try rig.store.pollItems(of: "x", after: 0, limit: 9).first)
    #expect(item.name == "3" && item.fault == "invalid" && item.note == "quy tắc" && item.type == "sample/record")
    let desk = try SQLOperatorDesk(.sqlite(path: rig.folder.path + "/store.sqlite"))
    func again() throws {
      _ = try desk.carryOut(
        PollOrder(.offerAgain(item.number), actor: "operator:lan", reason: "đã sửa bảng mã", at: rig.time.now()))
    }
    // Still not.
    try again()
    #expect(rig.until { (try? rig.store.pollItem(item.number))?.item.isOfferedAgain == false })
    line.refuse(nil)
    try again()
    #expect(rig.until { (try? rig.store.pollItem(item.number)) == nil })
    #expect(line.names.last == "3")
  }

  @Test("an operator has it ask at once, whatever it waits for")
  func hastened() throws {
    let rig = try PollerRig(five())
    defer { rig.stop() }
    #expect(rig.until { rig.row?.succeeded != nil })
    let desk = try SQLOperatorDesk(.sqlite(path: rig.folder.path + "/store.sqlite"))
    _ = try desk.carryOut(PollOrder(.hasten(rig.id), actor: "operator:lan", reason: "thử", at: rig.time.now()))
    #expect(rig.until { rig.partner.requests.count == 4 })
  }

  @Test("an outage is no empty list: it is counted, told, and asked again sooner than the pause")
  func outage() throws {
    let rig = try PollerRig(PollerRig.Partner { _ in .text(200, "<html>bảo trì</html>") })
    defer { rig.stop() }
    #expect(rig.until { rig.row?.failures == 1 })
    #expect(rig.row?.failure == .unreadableAnswer && rig.row?.succeeded == nil && rig.line.names.isEmpty)
    let due = try #require(rig.row?.due) - rig.time.now()
    #expect(due > .seconds(3) && due <= .seconds(5))
    rig.advance(by: .seconds(5))
    #expect(rig.until { rig.row?.failures == 2 })
    // It is counted once it is on the disk.
    let line = #"lienthong_poll_rounds_total{party="x",poll="danh-sach",outcome="unreadableAnswer"} 2"#
    #expect(rig.until { String(decoding: rig.metrics.exposition(), as: UTF8.self).contains(line) })
  }

  @Test("nothing is asked in the partner's quiet hours")
  func hours() throws {
    let now = ManualTimeSource().now()
    let hours = try #require(
      DeliveryHours(
        quiet: [], maintenance: [DeliveryHours.Maintenance(from: now - .seconds(60), to: now + .seconds(600))]))
    let rig = try PollerRig(five(), hours: hours)
    defer { rig.stop() }
    rig.advance(by: .seconds(599))
    #expect(!Patience.until(seconds: 0.3) { !rig.partner.requests.isEmpty })
    rig.advance(by: .seconds(1))
    #expect(rig.until { rig.row?.succeeded != nil })
  }

  @Test("its requests count against the party's rate as deliveries do, and each waits for its turn")
  func rate() throws {
    let rig = try PollerRig(five(), rate: RateLimit(requests: 1, period: .seconds(60)))
    defer { rig.stop() }
    let rate = try #require(rig.rates["x"])
    func isNextAfter(_ pause: Duration) -> Bool {
      let now = rig.time.monotonic()
      return rig.until { rate.nextAt(now) == now + pause }
    }
    // The first page has come, and the second has booked its turn before any delivery.
    #expect(isNextAfter(.seconds(120)) && rig.partner.requests.count == 1)
    rig.advance(by: .seconds(59))
    #expect(!Patience.until(seconds: 0.3) { rig.partner.requests.count > 1 })
    rig.advance(by: .seconds(1))
    #expect(isNextAfter(.seconds(120)) && rig.partner.requests.count == 2)
    #expect(!rate.take(at: rig.time.monotonic()), "a delivery waits behind it")
    rig.advance(by: .seconds(60))
    #expect(rig.until { rig.row?.succeeded != nil } && rig.partner.requests.count == 3)
    // A delivery goes out just before the next round is due: it waits for the rest of the minute.
    rig.advance(by: .seconds(290))
    #expect(rate.take(at: rig.time.monotonic()))
    rig.advance(by: .seconds(59))
    #expect(!Patience.until(seconds: 0.3) { rig.partner.requests.count > 3 })
    rig.advance(by: .seconds(1))
    #expect(rig.until { rig.partner.requests.count == 4 })
  }

  @Test("a stop does not wait for the rate")
  func stoppedInTurn() throws {
    let rig = try PollerRig(five(), rate: RateLimit(requests: 1, period: .seconds(3_600)))
    #expect(rig.until { rig.rates["x"]?.nextAt(rig.time.monotonic()) == rig.time.monotonic() + .seconds(7_200) })
    rig.poller.stop()
    #expect(rig.row?.epoch == nil && rig.row?.failures == 0 && rig.row?.place.cursor == "2")
    #expect(rig.partner.requests.count == 1)
    rig.store.close()
  }

  @Test("a stop breaks off what is asked, and the next start goes on at once")
  func stopped() throws {
    let folder = TemporaryFolder()
    let first = try PollerRig(PollerRig.Partner { _ in nil }, folder: folder)
    #expect(first.until { !first.partner.requests.isEmpty })
    first.poller.stop()
    #expect(first.row?.epoch == nil && first.row?.failures == 0)
    first.store.close()
    let second = try PollerRig(five(), folder: folder)
    defer { second.stop() }
    #expect(second.until { second.row?.succeeded != nil })
  }
}
