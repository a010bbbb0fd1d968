import DossierModel
import DossierStore
import HTTPKit
import ServiceKit
import ThreadKit

/// The poller's thread: takes events, asks each round what follows, and does it. It decides nothing itself.
final class PollCoordinator {
  private let parts: PollerParts
  private var desks: [PollDesk]
  private var random: any RandomNumberGenerator & Sendable
  private var nextLook: MonotonicInstant?
  /// Kept items that are on their way down the line again.
  private var offering: Set<Int64> = []
  private var isStopping = false

  init(_ parts: PollerParts) {
    self.parts = parts
    random = parts.random
    desks = parts.destinations.map { PollDesk($0, rate: parts.rates[$0.party], session: parts.sessions[$0.party]) }
  }

  func run() {
    parts.log.info("poller-started", [.count(desks.count)])
    var moment = Moment(reading: parts.time)
    turn([], at: moment)
    while !isDone {
      let events = parts.mailbox.takeAll(timeout: pause(at: moment))
      moment = Moment(reading: parts.time)
      turn(events, at: moment)
    }
    parts.mailbox.close()
    parts.log.info("poller-stopped")
  }

  private var isDone: Bool {
    isStopping && offering.isEmpty && desks.allSatisfy { if case .idle = $0.state { true } else { false } }
  }

  private func turn(_ events: [PollerEvent], at moment: Moment) {
    for event in events { handle(event, at: moment) }
    for index in desks.indices { takeTurn(index, at: moment) }
    guard !isStopping else { return }
    if nextLook.map({ moment.monotonic >= $0 }) ?? true { look(at: moment) }
    var underWay = desks.count { if case .idle = $0.state { false } else { true } }
    for index in desks.indices where underWay < parts.limits.rounds {
      guard let poll = desks[index].next(at: moment.now) else { continue }
      if let opening = desks[index].destination.hours.closedUntil(at: moment.now) {
        desks[index].dues[poll.name] = opening
        continue
      }
      claim(poll, index, at: moment)
      underWay += 1
    }
  }

  private func pause(at moment: Moment) -> Duration? {
    guard !isStopping else { return nil }
    let look = max((nextLook ?? moment.monotonic) - moment.monotonic, .zero)
    let dues = desks.compactMap(\.nextDue).map { $0 - moment.now }
    let turns = desks.compactMap(\.turn).map { $0 - moment.monotonic }
    return (dues + turns).map { max($0, .zero) }.reduce(look) { min($0, $1) }
  }

  private func handle(_ event: PollerEvent, at moment: Moment) {
    switch event {
    case .claimed(let index, let result): claimed(result, index, at: moment)
    case .answered(let index, let result): answered(result, index, at: moment)
    case .loginEnded(let index, let outcome): loginEnded(index, outcome, at: moment)
    case .taken(let index, let outcomes):
      advance(index, at: moment) { running, now, _ in running.round.taken(outcomes, at: now) }
    case .reported(let index, let result): reported(result, index, at: moment)
    case .offered(let number, let outcome): offered(number, outcome, at: moment)
    case .wake: nextLook = nil
    case .stop:
      isStopping = true
      // Questions may be asked again at any time; there is nothing to wait for.
      parts.transport.cancelAll()
      for index in desks.indices { leaveLogin(index, at: moment) }
    }
  }

  // MARK: The store

  /// Learns what is due, from other gateways and operators too.
  private func look(at moment: Moment) {
    nextLook = moment.monotonic + parts.limits.lookPeriod
    do throws(StoreError) {
      let rows = Dictionary(uniqueKeysWithValues: try parts.ledger.polls().map { ($0.id, $0) })
      for index in desks.indices {
        for poll in desks[index].destination.polls {
          let row = rows[PollID(desks[index].destination.party, poll.name)]
          desks[index].dues[poll.name] = row?.due ?? moment.now
          if let row { parts.metrics.show(row) }
        }
      }
      for number in try parts.ledger.pollItemsOfferedAgain(limit: parts.limits.batch) where !offering.contains(number) {
        guard let (stored, bytes) = try parts.ledger.pollItem(number) else { continue }
        offering.insert(number)
        let item = PollItem(poll: stored.poll, name: stored.name, type: stored.type, bytes: bytes)
        parts.intake([item], .always) { [mailbox = parts.mailbox] in mailbox.put(.offered(number, $0[0])) }
      }
    } catch {
      parts.log.warning("polls-not-read", [.errorCode(error.code.rawValue)])
    }
  }

  private func offered(_ number: Int64, _ outcome: PollItemOutcome, at moment: Moment) {
    offering.remove(number)
    switch outcome {
    case .taken: parts.ledger.settle(item: number, refusal: nil, at: moment.now) { _ in }
    case .refused(let fault, let note):
      parts.ledger.settle(item: number, refusal: (fault, note), at: moment.now) { _ in }
    // The next look finds it again.
    case .postponed: break
    }
  }

  private func claim(_ poll: DestinationPoll, _ index: Int, at moment: Moment) {
    desks[index].state = .claiming(poll)
    let id = PollID(desks[index].destination.party, poll.name)
    parts.ledger.claim(id, at: moment.now) { [mailbox = parts.mailbox] in
      mailbox.put(.claimed(desk: index, $0))
    }
  }

  private func claimed(_ result: Result<PollLease?, StoreError>, _ index: Int, at moment: Moment) {
    guard case .claiming(let poll) = desks[index].state else { preconditionFailure("a claim is answered once") }
    guard case .success(let lease?) = result else {
      // Another gateway is at it, or the store fails: the next look tells.
      desks[index].state = .idle
      desks[index].dues[poll.name] = moment.now + parts.limits.lookPeriod
      return
    }
    let destination = desks[index].destination
    let round = PollRound(
      lease, poll: poll.poll, every: poll.every, retry: destination.retry,
      look: desks[index].looks[poll.name] ?? FolderLook(), limits: parts.limits)
    desks[index].state = .running(PollDesk.Running(poll: poll, round: round))
    advance(index, at: moment) { running, now, _ in running.round.begin(at: now) }
  }

  private func report(_ report: PollReport, _ index: Int) {
    parts.ledger.report(report) { [mailbox = parts.mailbox] in mailbox.put(.reported(desk: index, $0)) }
  }

  private func reported(_ result: Result<Bool, StoreError>, _ index: Int, at moment: Moment) {
    guard case .running(let running) = desks[index].state, let report = running.report else {
      preconditionFailure("a report is answered once")
    }
    switch result {
    case .success(let isHeld):
      if isHeld { tell(report) }
      if !isHeld { parts.log.warning("poll-lost", [.party(report.lease.poll.party.text)]) }
      advance(index, at: moment) { running, now, _ in running.round.reported(isHeld, at: now) }
    case .failure(let error):
      parts.log.warning(
        "poll-not-stored", [.party(report.lease.poll.party.text), .errorCode(error.code.rawValue)])
      rest(index, until: moment.now + parts.limits.lookPeriod)
    }
  }

  private func tell(_ report: PollReport) {
    parts.metrics.count(report)
    let fields: [LogField] = [.party(report.lease.poll.party.text), .service(report.lease.poll.name)]
    if !report.refused.isEmpty { parts.log.warning("poll-items-kept", fields + [.count(report.refused.count)]) }
    guard let end = report.end else { return }
    let outcome = LogField.outcome(PollMetrics.word(for: end))
    if case .failed = end {
      parts.log.warning("poll-failed", fields + [outcome, .due(report.due ?? report.at)])
    } else {
      parts.log.debug("poll-ended", fields + [outcome])
    }
  }

  // MARK: A round

  /// The round's poll rests; nothing of it is under way any more.
  private func rest(_ index: Int, until due: Timestamp) {
    guard case .running(let running) = desks[index].state else { preconditionFailure("a round is under way") }
    desks[index].dues[running.poll.name] = due
    desks[index].looks[running.poll.name] = running.round.look
    desks[index].state = .idle
  }

  /// Lets a round go on by an event, and does what it wants then.
  private func advance(
    _ index: Int, at moment: Moment,
    _ event: (inout PollDesk.Running, _ now: Timestamp, _ chance: Double) -> PollRound.Step
  ) {
    guard case .running(var running) = desks[index].state else { preconditionFailure("a round is under way") }
    var step = event(&running, moment.now, chance())
    while let next = instead(of: step, &running, index, at: moment) { step = next }
    desks[index].state = .running(running)
    switch step {
    case .ask: request(.list, index, at: moment)
    case .askForDetail: request(.detail, index, at: moment)
    case .acknowledge: request(.acknowledgement, index, at: moment)
    case .decline: request(.refusal, index, at: moment)
    case .renew:
      desks[index].session?.rejected(generation: running.generation)
      request(running.request, index, at: moment)
    case .take(let items, let scope):
      parts.intake(items, scope) { [mailbox = parts.mailbox] in mailbox.put(.taken(desk: index, $0)) }
    case .report(let report):
      running.report = report
      desks[index].state = .running(running)
      self.report(report, index)
    case .over: rest(index, until: running.report?.due ?? moment.now + parts.limits.lookPeriod)
    case .pick: preconditionFailure("it was picked")
    }
  }

  /// What a round does in place of a step: what can be done at once, or because nothing may be asked now.
  private func instead(
    of step: PollRound.Step, _ running: inout PollDesk.Running, _ index: Int, at moment: Moment
  ) -> PollRound.Step? {
    switch step {
    case .pick(let limit):
      guard case .awaited(let awaited) = running.poll.poll.progress else {
        preconditionFailure("dossiers are picked for a poll that asks about them")
      }
      let query = AwaitedQuery(
        party: desks[index].destination.party, types: awaited.types, procedures: awaited.procedures,
        ends: awaited.ends, since: moment.now - awaited.within)
      guard let answer = try? parts.ledger.awaited(query, limit: limit) else {
        return running.round.notPicked(at: moment.now)
      }
      return running.round.picked(answer, at: moment.now)
    case .ask, .askForDetail, .acknowledge, .decline, .renew:
      if isStopping { return running.round.broken(at: moment.now, after: .zero) }
      // Others may be at this poll already.
      guard parts.ledger.epoch == running.round.lease.epoch else { return .over }
      guard let opening = desks[index].destination.hours.closedUntil(at: moment.now) else { return nil }
      return running.round.broken(at: moment.now, after: opening - moment.now)
    case .take, .report, .over: return nil
    }
  }

  // MARK: Requests

  private func request(_ request: PollDesk.Request, _ index: Int, at moment: Moment) {
    guard case .running(var running) = desks[index].state else { preconditionFailure("a round is under way") }
    let destination = desks[index].destination
    running.request = request
    let need =
      desks[index].session?.need(at: moment.monotonic) { [mailbox = parts.mailbox] in
        mailbox.put(.loginEnded(desk: index, $0))
      } ?? .use(token: "", generation: 0)
    switch need {
    case .wait:
      running.isWaitingForLogin = true
      desks[index].state = .running(running)
    case .use(let token, let generation):
      running.generation = generation
      if !running.isCounted, let turn = desks[index].rate?.book(at: moment.monotonic), turn > moment.monotonic {
        running.turn = turn
        desks[index].state = .running(running)
        return
      }
      running.isCounted = false
      desks[index].state = .running(running)
      let message = destination.request(
        of: running.call(request), running.round.values, token: token, userAgent: parts.userAgent, at: moment.now)
      parts.transport.send(message) { [mailbox = parts.mailbox] in mailbox.put(.answered(desk: index, $0)) }
    }
  }

  /// Goes on with a request that waited for the rate, when it is its turn; a gateway that stops does not wait for it.
  private func takeTurn(_ index: Int, at moment: Moment) {
    guard let turn = desks[index].turn, isStopping || moment.monotonic >= turn else { return }
    // Whether it may still ask is looked at again.
    advance(index, at: moment) { running, _, _ in
      running.turn = nil
      running.isCounted = true
      return running.request.step
    }
  }

  private func answered(_ result: HTTPClientResult, _ index: Int, at moment: Moment) {
    let limits = parts.limits
    advance(index, at: moment) { running, now, chance in
      switch result {
      case .failure(let failure): return fail(&running, failure, at: now, chance: chance)
      case .response(let answer, _):
        let reader = PollAnswerReader(id: running.round.lease.poll, poll: running.poll.poll, limits: limits)
        let rules = running.call(running.request).answers
        switch running.request {
        case .list:
          return running.round.answered(reader.list(answer, rules, now: now), at: now, chance: chance)
        case .detail:
          return running.round.detailAnswered(reader.detail(answer, rules, now: now), at: now, chance: chance)
        case .acknowledgement:
          let answer = reader.acknowledgement(answer, rules, now: now)
          return running.round.told(.acknowledgement, answer, at: now, chance: chance)
        case .refusal:
          let answer = reader.acknowledgement(answer, rules, now: now)
          return running.round.told(.refusal, answer, at: now, chance: chance)
        }
      }
    }
  }

  private func fail(
    _ running: inout PollDesk.Running, _ failure: HTTPClientFailure, at now: Timestamp, chance: Double
  ) -> PollRound.Step {
    if isStopping, failure.kind == .cancelled { return running.round.broken(at: now, after: .zero) }
    // It will be as large the next time; the others must not wait for it.
    if running.request == .detail, failure.kind == .tooLarge {
      let note = "the answer is larger than \(parts.limits.answerBytes) bytes"
      return running.round.detailAnswered(PollAnswer(.unreadable([]), note: note), at: now, chance: chance)
    }
    return running.round.failed(
      DeliveryOutcome(failure).failureClass, note: "no answer: \(failure.kind.rawValue)", at: now, chance: chance)
  }

  private func loginEnded(_ index: Int, _ outcome: LoginOutcome, at moment: Moment) {
    // A gateway that stops has not waited for it.
    guard case .running(let running) = desks[index].state, running.isWaitingForLogin else { return }
    advance(index, at: moment) { running, now, chance in
      running.isWaitingForLogin = false
      switch outcome {
      // Nothing of the round has changed; whether it may still ask is looked at again.
      case .renewed: return running.request.step
      case .refused(let reason):
        return running.round.failed(.authentication, note: reason, at: now, chance: chance)
      case .unanswered(let failure): return fail(&running, failure, at: now, chance: chance)
      }
    }
  }

  /// Breaks a round off that waits for a login, which may be the only one it still waits for.
  private func leaveLogin(_ index: Int, at moment: Moment) {
    guard case .running(let running) = desks[index].state, running.isWaitingForLogin else { return }
    advance(index, at: moment) { running, now, _ in
      running.isWaitingForLogin = false
      return running.round.broken(at: now, after: .zero)
    }
  }

  /// Uniform in 0..<1.
  private func chance() -> Double { Double(random.next() >> 11) * 0x1p-53 }
}

extension PollDesk.Request {
  /// The step by which a round makes it.
  fileprivate var step: PollRound.Step {
    switch self {
    case .list: .ask
    case .detail: .askForDetail
    case .acknowledgement: .acknowledge
    case .refusal: .decline
    }
  }
}

extension PollDesk.Running {
  fileprivate func call(_ request: PollDesk.Request) -> DestinationPoll.Call {
    let call: DestinationPoll.Call? =
      switch request {
      case .list: poll.list
      case .detail: poll.detail
      case .acknowledgement: poll.acknowledge
      case .refusal: poll.decline
      }
    guard let call else { preconditionFailure("what a poll does not have is not asked for") }
    return call
  }
}
