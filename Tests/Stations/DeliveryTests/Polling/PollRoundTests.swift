import DossierModel
import DossierStore
import ServiceKit
import Testing
import XMLKit

@testable import Delivery

/// Events in, instructions out: what follows what in a round of asking.
@Suite struct PollRoundTests {
  private static let id = PollID("dvclt", "danh-sach")
  private let t0 = Timestamp(seconds: 1_790_000_000)

  private func poll(
    _ progress: PartnerPoll.Progress = .none, pages: Int? = nil, detail: Bool = false, acknowledge: Bool = false,
    decline: Bool = false
  ) throws -> PartnerPoll {
    let request = PartnerPoll.Request(
      method: "GET", path: TextTemplate(literal: "/x"), headers: [], signed: [], body: nil, contentType: nil,
      answers: AnswerRules(format: .json, rules: [], otherwise: .unreadable))
    return PartnerPoll(
      name: "danh-sach", every: .seconds(300), list: request, items: try XPathExpression("data"), emptyList: nil,
      id: nil,
      fields: [], message: nil, document: nil, progress: progress,
      pages: pages.map { PartnerPoll.Pages(size: $0, first: 1, more: nil) }, detail: detail ? request : nil,
      acknowledge: acknowledge ? request : nil, decline: decline ? request : nil)
  }

  private func round(
    _ poll: PartnerPoll, place: PollPlace = PollPlace(), failures: Int = 0, kept: Int = 0,
    limits: PollLimits = PollLimits()
  ) -> PollRound {
    PollRound(
      PollLease(poll: Self.id, epoch: 1, place: place, failures: failures, keptItems: kept), poll: poll,
      every: poll.every, retry: RetryPolicy(), limits: limits)
  }

  private func item(_ name: String, fault: String? = nil) -> FoundItem {
    FoundItem(
      item: PollItem(poll: Self.id, name: name, bytes: Array(name.utf8)), fields: ["ma": "M\(name)"], fault: fault)
  }

  private func listed(_ names: [String], cursor: String? = nil, more: Bool = false) -> PollAnswer {
    PollAnswer(.listed(names.map { item($0) }, cursor: cursor, hasMore: more), note: "HTTP 200, answer rule 1")
  }

  private func unreadable(_ bytes: [UInt8] = [1]) -> PollAnswer { PollAnswer(.unreadable(bytes), note: "lạ") }

  private func names(_ step: PollRound.Step) -> [String]? {
    if case .take(let items, _) = step { items.map(\.name) } else { nil }
  }

  private func report(_ step: PollRound.Step) throws -> PollReport {
    guard case .report(let report) = step else { throw Unexpected(step: "\(step)") }
    return report
  }

  private struct Unexpected: Error { let step: String }

  private func isAsk(_ step: PollRound.Step) -> Bool { if case .ask = step { true } else { false } }

  private func failure(_ report: PollReport) -> FailureClass? {
    if case .failed(let failure, _)? = report.end { failure } else { nil }
  }

  @Test("a list is taken, and the round ends; the next begins after the pause")
  func list() throws {
    var round = round(try poll())
    #expect(isAsk(round.begin(at: t0)))
    #expect(names(round.answered(listed(["1", "2"]), at: t0, chance: 0)) == ["1", "2"])
    let report = try report(round.taken([.taken(isNew: true), .taken(isNew: false)], at: t0))
    #expect(report.end == .done && report.due == t0 + .seconds(300) && report.taken == 1)
    guard case .over = round.reported(true, at: t0) else { return #expect(Bool(false), "it goes on") }
  }

  @Test(
    "what cannot be taken is told to the partner when it is kept on the disk, and not before; what is out of reach never"
  )
  func declined() throws {
    var round = round(try poll(acknowledge: true, decline: true))
    _ = round.begin(at: t0)
    var out = item("3", fault: "tên lạ")
    out.isOutOfReach = true
    let answer = PollAnswer(.listed([item("1"), item("2"), out], cursor: nil, hasMore: false), note: "")
    #expect(names(round.answered(answer, at: t0, chance: 0)) == ["1", "2"])
    let step = round.taken([.refused(.invalid, note: "quy tắc"), .taken(isNew: true)], at: t0)
    guard case .acknowledge = step else { return #expect(Bool(false), "\(step)") }
    #expect(round.values.item == "2")
    let kept = try report(round.told(.acknowledgement, PollAnswer(.done, note: ""), at: t0, chance: 0))
    #expect(kept.refused.map(\.item.name) == ["3", "1"] && kept.end == nil && kept.taken == 1)
    guard case .decline = round.reported(true, at: t0) else { return #expect(Bool(false), "it is not told") }
    #expect(round.values.item == "1")
    let end = try report(round.told(.refusal, PollAnswer(.done, note: ""), at: t0, chance: 0))
    #expect(end.refused.isEmpty && end.end == .done && end.due == t0 + .seconds(300))
  }

  @Test(
    "nothing is told to the partner when the lease ended before it was kept; a failure of the telling ends the round")
  func notDeclined() throws {
    for isHeld in [false, true] {
      var round = round(try poll(decline: true))
      _ = round.begin(at: t0)
      _ = round.answered(listed(["1"]), at: t0, chance: 0)
      _ = try report(round.taken([.refused(.invalid, note: "")], at: t0))
      let step = round.reported(isHeld, at: t0)
      guard isHeld else {
        guard case .over = step else { return #expect(Bool(false), "\(step)") }
        continue
      }
      let failed = PollAnswer(.failed(.businessRetry, notBefore: nil), note: "")
      #expect(failure(try report(round.told(.refusal, failed, at: t0, chance: 0))) == .businessRetry)
    }
  }

  @Test("the place moves only when everything before it is on the disk, and with it in one report")
  func cursor() throws {
    let place = XPathPlace.item
    var round = round(try poll(.cursor(place, start: "0"), pages: 2))
    #expect(isAsk(round.begin(at: t0)) && round.values.cursor == "0" && round.values.size == "2")
    _ = round.answered(listed(["1", "2"], cursor: "2", more: true), at: t0, chance: 0)
    let first = try report(round.taken([.taken(isNew: true), .taken(isNew: true)], at: t0))
    #expect(first.place.cursor == "2" && first.end == nil)
    #expect(isAsk(round.reported(true, at: t0)) && round.values.cursor == "2")
    _ = round.answered(listed(["3"], cursor: "3"), at: t0, chance: 0)
    // The disk is full: nothing of the page counts, and it comes again.
    let broken = try report(round.taken([.postponed], at: t0))
    #expect(broken.end == .broken && broken.place.cursor == "2" && broken.taken == 0)
  }

  @Test("a page that says there is more and gives no new place is a failure and no endless loop")
  func stuckCursor() throws {
    var round = round(try poll(.cursor(XPathPlace.item, start: ""), pages: 1), place: PollPlace(cursor: "7"))
    _ = round.begin(at: t0)
    _ = round.answered(listed(["7"], cursor: "7", more: true), at: t0, chance: 0)
    #expect(failure(try report(round.taken([.taken(isNew: false)], at: t0))) == .unreadableAnswer)
  }

  @Test("windows overlap, are not longer than may be, and follow each other until now; the pages of one are one window")
  func window() throws {
    let format = try #require(PollTimeFormat("yyyy-MM-dd HH:mm"))
    let window = PollWindow(format: format, overlap: .seconds(600), longest: .seconds(86_400), start: .seconds(3_600))
    let start = try Timestamp(rfc3339: "2026-11-20T08:00:00+07:00")
    let now = start + .seconds(100_000)
    var round = round(try poll(.window(window), pages: 2), place: PollPlace(reached: start))
    _ = round.begin(at: now)
    #expect(
      round.values.from == "2026-11-20 07:50" && round.values.until == "2026-11-21 08:00" && round.values.page == "1")
    _ = round.answered(listed(["1", "2"], more: true), at: now, chance: 0)
    let page = try report(round.taken([.taken(isNew: true), .taken(isNew: true)], at: now))
    #expect(page.place.reached == start && page.end == nil)
    // Time goes on, the window does not.
    _ = round.reported(true, at: now + .seconds(60))
    #expect(round.values.until == "2026-11-21 08:00" && round.values.page == "2")
    let whole = try report(round.answered(listed([]), at: now, chance: 0))
    #expect(whole.place.reached == start + .seconds(86_400) && whole.end == nil)
    _ = round.reported(true, at: now)
    #expect(round.values.from == "2026-11-21 07:50" && round.values.page == "1")
    let last = try report(round.answered(PollAnswer(.nothing, note: ""), at: now, chance: 0))
    #expect(last.place.reached == now && last.end == .done)
    // The first one of all reaches back as far as the profile says; a clock that was set back makes no window of its own.
    #expect(window.next(after: nil, at: now) == (now - .seconds(3_600), now))
    #expect(window.next(after: now + .seconds(99), at: now) == (now - .seconds(600), now))
  }

  @Test("dossiers are asked about in batches, each once in a round, and only the last state is compared")
  func awaited() throws {
    let awaited = AwaitedDossiers(types: ["a/b"], batch: 3, procedures: [], ends: [], within: .seconds(1))
    var round = round(try poll(.awaited(awaited)))
    guard case .pick(3) = round.begin(at: t0) else { return #expect(Bool(false), "nothing is picked") }
    let codes = ["H1", "H2"].map { AwaitedDossier(type: "a/b", code: DossierCode($0)) }
    let over = [AwaitedDossier(type: "a/b", code: "H0")]
    #expect(isAsk(round.picked(AwaitedQuery.Answer(open: codes, over: over), at: t0)))
    #expect(round.values.dossiers == ["H1", "H2"] && round.values.text(.dossiers) == "H1,H2")
    guard case .take(_, scope: .latest) = round.answered(listed(["H1"]), at: t0, chance: 0) else {
      return #expect(Bool(false), "it is not taken as a state")
    }
    let report = try report(round.taken([.taken(isNew: true)], at: t0))
    #expect(report.asked == codes && report.settled == over && report.end == nil)
    guard case .pick = round.reported(true, at: t0) else { return #expect(Bool(false), "nothing more is picked") }
    // The same ones again: everybody had a turn.
    #expect(try self.report(round.picked(AwaitedQuery.Answer(open: codes), at: t0)).end == .done)
  }

  @Test(
    "detail is asked for item by item, each is acknowledged when it is on the disk, and what is gone is passed over")
  func detail() throws {
    var round = round(try poll(detail: true, acknowledge: true))
    _ = round.begin(at: t0)
    guard case .askForDetail = round.answered(listed(["1", "2"]), at: t0, chance: 0) else {
      return #expect(Bool(false), "no detail is asked for")
    }
    #expect(round.values.item == "1" && round.values.fields == ["ma": "M1"])
    let taken = round.detailAnswered(PollAnswer(.document(Array("văn bản".utf8)), note: ""), at: t0, chance: 0)
    guard case .take(let items, _) = taken else { return #expect(Bool(false), "it is not taken") }
    #expect(items.map(\.bytes) == [Array("văn bản".utf8)] && items[0].name == "1")
    guard case .acknowledge = round.taken([.taken(isNew: true)], at: t0) else {
      return #expect(Bool(false), "it is not acknowledged")
    }
    guard case .askForDetail = round.told(.acknowledgement, PollAnswer(.done, note: ""), at: t0, chance: 0) else {
      return #expect(Bool(false), "the second one is not asked for")
    }
    let report = try report(round.detailAnswered(PollAnswer(.nothing, note: ""), at: t0, chance: 0))
    #expect(report.taken == 1 && report.end == .done && report.refused.isEmpty)
  }

  @Test("what the line refuses is kept and not acknowledged, and the others are taken")
  func refused() throws {
    var round = round(try poll(acknowledge: true), kept: 1)
    _ = round.begin(at: t0)
    _ = round.answered(listed(["1", "2"]), at: t0, chance: 0)
    guard case .acknowledge = round.taken([.refused(.invalid, note: "r"), .taken(isNew: true)], at: t0) else {
      return #expect(Bool(false), "the good one is not acknowledged")
    }
    #expect(round.values.item == "2")
    let report = try report(round.told(.acknowledgement, PollAnswer(.done, note: ""), at: t0, chance: 0))
    #expect(report.refused.map(\.item.name) == ["1"] && report.refused[0].fault == .invalid)
    // It was kept before, when the line did not take it yet.
    #expect(report.cleared.map(\.name) == ["2"] && report.end == .done)
  }

  @Test("a detail that says nothing stops nobody where the item comes again, and elsewhere not for ever")
  func unreadableDetail() throws {
    for (progress, failures, isKept) in [
      (PartnerPoll.Progress.none, 0, true), (.cursor(XPathPlace.item, start: ""), 2, false),
      (.cursor(XPathPlace.item, start: ""), 3, true),
    ] {
      var round = round(try poll(progress, detail: true), failures: failures)
      _ = round.begin(at: t0)
      _ = round.answered(listed(["1"], cursor: "1"), at: t0, chance: 0)
      let report = try report(round.detailAnswered(unreadable([7]), at: t0, chance: 0))
      #expect(report.refused.map(\.item.bytes) == (isKept ? [[7]] : []))
      #expect(failure(report) == (isKept ? nil : .unreadableAnswer))
    }
    // Of one that is too large the entry of the list is kept.
    var large = round(try poll(detail: true))
    _ = large.begin(at: t0)
    _ = large.answered(listed(["1"]), at: t0, chance: 0)
    #expect(try report(large.detailAnswered(unreadable([]), at: t0, chance: 0)).refused.map(\.item.bytes) == [[0x31]])
    // An outage is one whatever the item is.
    var round = round(try poll(detail: true), failures: 9)
    _ = round.begin(at: t0)
    _ = round.answered(listed(["1"]), at: t0, chance: 0)
    let down = PollAnswer(.failed(.serverError, notBefore: nil), note: "")
    #expect(failure(try report(round.detailAnswered(down, at: t0, chance: 0))) == .serverError)
  }

  @Test(
    "more items that cannot be taken than may be kept stop the poll where it is", arguments: [(3, false), (4, true)])
  func keptLimit(count: Int, isStopped: Bool) throws {
    var limits = PollLimits()
    limits.keptItems = 3
    var round = round(try poll(.cursor(XPathPlace.item, start: "")), limits: limits)
    _ = round.begin(at: t0)
    let names = (0..<count).map(String.init)
    _ = round.answered(listed(names, cursor: "x"), at: t0, chance: 0)
    let report = try report(round.taken(names.map { _ in .refused(.invalid, note: "") }, at: t0))
    #expect(failure(report) == (isStopped ? .configuration : nil))
    #expect(report.place.cursor == (isStopped ? nil : "x") && report.refused.count == count)
  }

  @Test("failures come back later and later, less up to a quarter by chance, and not before the partner's own wish")
  func backoff() throws {
    func due(_ failures: Int, _ reading: PollAnswer.Reading, chance: Double = 0) throws -> Duration {
      var round = round(try poll(), failures: failures)
      _ = round.begin(at: t0)
      let report = try report(round.answered(PollAnswer(reading, note: ""), at: t0, chance: chance))
      return try #require(report.due) - t0
    }
    let down = PollAnswer.Reading.failed(.serverError, notBefore: nil)
    #expect(try due(0, down) == .seconds(5) && due(3, down) == .seconds(40) && due(60, down) == .seconds(4_000))
    #expect(try due(0, down, chance: 1) == .milliseconds(3_750))
    #expect(try due(0, .failed(.throttled, notBefore: t0 + .seconds(90))) == .seconds(90))
    #expect(try due(0, .unreadable([])) == .seconds(5) && due(0, .refused) == .seconds(5))
  }

  @Test("a token is renewed once for each request")
  func renewal() throws {
    var round = round(try poll(detail: true))
    let rejected = PollAnswer(.credentialRejected, note: "")
    _ = round.begin(at: t0)
    guard case .renew = round.answered(rejected, at: t0, chance: 0) else { return #expect(Bool(false), "not renewed") }
    _ = round.answered(listed(["1"]), at: t0, chance: 0)
    guard case .renew = round.detailAnswered(rejected, at: t0, chance: 0) else {
      return #expect(Bool(false), "not renewed for the detail")
    }
    #expect(failure(try report(round.detailAnswered(rejected, at: t0, chance: 0))) == .authentication)
  }

  @Test("after so many questions it is the others' turn, and it begins again at once")
  func pages() throws {
    var limits = PollLimits()
    limits.pages = 2
    var round = round(try poll(.cursor(XPathPlace.item, start: ""), pages: 1), limits: limits)
    _ = round.begin(at: t0)
    _ = round.answered(listed(["1"], cursor: "1", more: true), at: t0, chance: 0)
    #expect(try report(round.taken([.taken(isNew: true)], at: t0)).end == nil)
    _ = round.reported(true, at: t0)
    _ = round.answered(listed(["2"], cursor: "2", more: true), at: t0, chance: 0)
    let report = try report(round.taken([.taken(isNew: true)], at: t0))
    #expect(report.end == .done && report.due == t0 && report.place.cursor == "2")
  }

  @Test("large answers go down the line in parts")
  func parts() throws {
    var limits = PollLimits()
    limits.batch = 2
    var round = round(try poll(), limits: limits)
    _ = round.begin(at: t0)
    #expect(names(round.answered(listed(["1", "2", "3"]), at: t0, chance: 0)) == ["1", "2"])
    #expect(names(round.taken([.taken(isNew: true), .taken(isNew: true)], at: t0)) == ["3"])
    #expect(try report(round.taken([.taken(isNew: true)], at: t0)).taken == 3)
  }

  @Test("a lease that is over ends the round without another word")
  func lost() throws {
    var round = round(try poll(.cursor(XPathPlace.item, start: ""), pages: 1))
    _ = round.begin(at: t0)
    _ = round.answered(listed(["1"], cursor: "1", more: true), at: t0, chance: 0)
    _ = round.taken([.taken(isNew: true)], at: t0)
    guard case .over = round.reported(false, at: t0) else { return #expect(Bool(false), "it goes on") }
  }
}

private enum XPathPlace {
  static var item: PartnerPoll.CursorSource {
    guard let place = try? XPathExpression("id") else { preconditionFailure("a name is an expression") }
    return .item(place)
  }
}
