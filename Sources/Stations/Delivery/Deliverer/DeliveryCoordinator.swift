import DossierModel
import DossierStore
import HTTPKit
import ServiceKit
import ThreadKit

/// The deliverer's thread: takes events, asks the state machines what follows, and does it. It decides nothing itself.
///
/// A turn: take every event that waits; start what may start; one exchange with the store. Belongs to one thread.
final class DeliveryCoordinator {
  let parts: DelivererParts
  var desks: [DestinationDesk] = []
  private var indices: [PartyID: Int] = [:]
  var lane: ExchangeLane
  var random: any RandomNumberGenerator & Sendable
  /// Requests under way, by number, with the desk they belong to.
  private(set) var requests: [UInt64: (desk: Int, attempts: [DeliveryAttempt])] = [:]
  private var lastRequest: UInt64 = 0
  /// The part of the windows that is this gateway's.
  private var share = StoreShare.whole
  var stopping: StopProgress?

  init(_ parts: DelivererParts) {
    self.parts = parts
    random = parts.random
    lane = ExchangeLane(limits: parts.limits.exchanges)
    let moment = Moment(reading: parts.time)
    for destination in parts.destinations {
      indices[destination.party] = desks.count
      desks.append(
        DestinationDesk(
          destination, rate: parts.rates[destination.party], session: parts.sessions[destination.party],
          limits: parts.limits, metrics: parts.metrics.desk(for: destination.party), at: moment))
    }
  }

  func run() {
    parts.log.info("deliverer-started", [.count(desks.count)])
    var moment = Moment(reading: parts.time)
    turn([], at: moment)
    while !isDone(at: moment) {
      let events = parts.mailbox.takeAll(timeout: pause(at: moment))
      moment = Moment(reading: parts.time)
      turn(events, at: moment)
    }
    parts.mailbox.close()
    parts.log.info("deliverer-stopped", [.count(lane.unsettled)])
  }

  /// One turn of a coordinator that is driven, with what has happened so far; how long until it wants to look again.
  func step() -> Duration? {
    let events = parts.mailbox.takeAll(timeout: .zero)
    let moment = Moment(reading: parts.time)
    turn(events, at: moment)
    return pause(at: moment)
  }

  private func turn(_ events: [DelivererEvent], at moment: Moment) {
    for event in events { handle(event, at: moment) }
    takeShare()
    dropForeignClaims()
    for index in desks.indices {
      desks[index].schedule.pass(to: moment)
      sendHome(index, at: moment)
      start(index, at: moment)
    }
    exchange(at: moment)
    if let stopping, stopping.isOverdue(at: moment.monotonic) { cancelRest() }
  }

  /// Another gateway of the same store came or went: the destinations' windows are divided anew.
  private func takeShare() {
    let current = parts.store.share
    guard current != share else { return }
    share = current
    for index in desks.indices { desks[index].schedule.take(current) }
    parts.log.info("deliverer-shares", [.count(current.count)])
  }

  /// Lets go of what was claimed under an epoch that is over: another gateway may be sending it already. What is under way
  /// cannot be called back; the partner knows its key.
  private func dropForeignClaims() {
    let epoch = parts.store.epoch
    var dropped = 0
    for index in desks.indices where !desks[index].queue.isEmpty {
      let (count, bytes) = desks[index].queue.drop { $0.delivery.epoch != epoch }
      desks[index].schedule.droppedWaiting(count, bytes: bytes)
      dropped += count
    }
    guard dropped > 0 else { return }
    // If the epoch turns out to be alive, what was let go is given back to the store by the next exchange.
    lane.claimsDropped()
    parts.log.warning("claims-dropped", [.count(dropped), .reason("the lease on the store is over")])
  }

  private func handle(_ event: DelivererEvent, at moment: Moment) {
    switch event {
    case .ready(let parties):
      for party in parties {
        // A party that pulls has no desk: nothing is claimed for it.
        if let index = indices[party] { desks[index].schedule.signal() }
      }
    case .answered(let request, let result): answered(request, result, at: moment)
    case .loginEnded(let index, let outcome): loginEnded(index, outcome, at: moment)
    case .exchanged(let number, let result): exchanged(number, result, at: moment)
    case .wake: break
    case .stop:
      guard stopping == nil else { return }
      stopping = StopProgress(limits: parts.limits, at: moment.monotonic)
      parts.log.info("deliverer-stopping", [.count(requests.count)])
    }
  }

  private func pause(at moment: Moment) -> Duration? {
    var pause = desks.map { $0.schedule.pause(at: moment) }.min()
    for other in [lane.pause(at: moment.monotonic), stopping?.pause(at: moment.monotonic)] {
      if let other { pause = min(pause ?? other, other) }
    }
    return pause
  }

  // MARK: Requests

  /// Sends what has a place and a token.
  private func start(_ index: Int, at moment: Moment) {
    while desks[index].schedule.canStart {
      switch need(index, at: moment) {
      case .wait: return
      case .use(let token, let generation):
        guard desks[index].schedule.start() else { return }
        guard var attempt = desks[index].queue.popFirst() else { preconditionFailure("what is counted is there") }
        attempt.begin(
          at: moment, credential: generation, window: desks[index].schedule.window.generation)
        var attempts = [attempt]
        join(&attempts, index, at: moment, credential: generation)
        send(attempts, token: token, from: index, at: moment)
      }
    }
  }

  /// Has others that wait go in the same request, where the partner takes several.
  private func join(_ attempts: inout [DeliveryAttempt], _ index: Int, at moment: Moment, credential: Int) {
    let first = attempts[0]
    guard first.mayShare, let batch = desks[index].destination.operations[first.delivery.type]?.batch else { return }
    while attempts.count < batch.size, desks[index].schedule.canJoin, var next = desks[index].queue.popFirst() {
      guard next.mayShare, next.delivery.type == first.delivery.type else {
        return desks[index].queue.putFirst(next)
      }
      desks[index].schedule.joined()
      next.begin(at: moment, credential: credential, window: desks[index].schedule.window.generation)
      attempts.append(next)
    }
  }

  private func send(_ attempts: [DeliveryAttempt], token: String, from index: Int, at moment: Moment) {
    let destination = desks[index].destination
    let attempt = attempts[0]
    guard let operation = destination.operations[attempt.delivery.type] else {
      preconditionFailure("an attempt is made for operations that exist")
    }
    let request: HTTPClientRequest
    if attempts.count > 1 {
      request = destination.request(
        forBatch: attempts.map(\.delivery), operation: operation, token: token, userAgent: parts.userAgent,
        at: moment.now)
    } else if attempt.isAsking, let question = operation.question {
      request = destination.request(
        asking: question, about: attempt.delivery, token: token, userAgent: parts.userAgent, span: random.next())
    } else {
      request = destination.request(
        for: attempt.delivery, operation: operation, variant: attempt.variant, token: token,
        userAgent: parts.userAgent, span: random.next(), at: attempt.startedAt?.now ?? attempt.delivery.createdAt)
    }
    lastRequest += 1
    requests[lastRequest] = (index, attempts)
    desks[index].metrics.underWay.set(desks[index].schedule.underWay)
    parts.transport.send(request) { [mailbox = parts.mailbox, number = lastRequest] result in
      mailbox.put(.answered(request: number, result))
    }
  }

  private func answered(_ number: UInt64, _ result: HTTPClientResult, at moment: Moment) {
    guard let request = requests.removeValue(forKey: number) else { preconditionFailure("a request ends once") }
    let index = request.desk
    defer { desks[index].metrics.underWay.set(desks[index].schedule.underWay) }
    guard request.attempts.count == 1, var attempt = request.attempts.first else {
      return answered(request.attempts, result, index, at: moment)
    }
    switch result {
    case .response(let answer, _):
      let reading = read(answer, to: attempt, index, at: moment)
      switch attempt.answered(reading.verdict) {
      case .settle(let outcome):
        let settled = SettledAttempt(attempt, outcome, status: answer.status, answer: answer.body, note: reading.note)
        finish([settled], index, at: moment)
      case .renewAndResend:
        desks[index].session?.rejected(generation: attempt.credentialGeneration)
        desks[index].schedule.putBack()
        desks[index].queue.putFirst(attempt)
      case .resend:
        desks[index].schedule.putBack()
        desks[index].queue.putFirst(attempt)
      }
    case .failure(let failure):
      if failure.kind == .cancelled, stopping != nil {
        // The claim stays on the disk; the next start finds it and sends it again with the same key.
        desks[index].schedule.dropped(bytes: attempt.bytes)
        return
      }
      let settled = SettledAttempt(attempt, DeliveryOutcome(failure), note: "no answer: \(failure.kind.rawValue)")
      finish([settled], index, at: moment)
    }
  }

  func read(
    _ answer: HTTPResponse, to attempt: DeliveryAttempt, _ index: Int, at moment: Moment
  ) -> AnswerReading {
    guard let operation = desks[index].destination.operations[attempt.delivery.type] else {
      preconditionFailure("an attempt is made for operations that exist")
    }
    guard attempt.isAsking, let question = operation.question else {
      return operation.answers.read(answer, variantsLeft: attempt.variantsLeft, now: moment.now)
    }
    var reading = question.answers.read(answer, now: moment.now)
    reading.note = "asked whether it is there: \(reading.note)"
    return reading
  }

  /// Attempts of one request have outcomes, which tell the same of the partner.
  func finish(_ all: [SettledAttempt], _ index: Int, at moment: Moment) {
    for settled in all {
      let due = nextAttempt(after: settled, desks[index].destination, at: moment)
      desks[index].schedule.finished(nextAttemptAt: due, bytes: settled.attempt.bytes)
      settle(settled, due, index, at: moment)
    }
    guard let settled = all.first else { return }
    let reaction = desks[index].schedule.reached(
      settled.outcome.reach, in: settled.attempt.windowGeneration, at: moment, chance: chance())
    obey(reaction, index, after: settled.outcome, at: moment)
  }

  // MARK: Logins

  private func need(_ index: Int, at moment: Moment) -> PartnerSession.Need {
    guard let session = desks[index].session else { return .use(token: "", generation: 0) }
    guard !desks[index].isWaitingForLogin else { return .wait }
    let need = session.need(at: moment.monotonic) { [mailbox = parts.mailbox] in
      mailbox.put(.loginEnded(destination: index, $0))
    }
    desks[index].isWaitingForLogin = need == .wait
    return need
  }

  private func loginEnded(_ index: Int, _ login: LoginOutcome, at moment: Moment) {
    desks[index].isWaitingForLogin = false
    let outcome: DeliveryOutcome
    let note: String
    switch login {
    case .renewed: return
    case .refused(let reason): (outcome, note) = (.postponed(.authentication, notBefore: nil), reason)
    case .unanswered(let failure):
      // The delivery itself was not sent, whatever happened to the login.
      (outcome, note) = (DeliveryOutcome(loginFailure: failure), "no answer to the login: \(failure.kind.rawValue)")
    }
    parts.log.warning("login-failed", [.destination(desks[index].destination.party.text), .reason("see the attempts")])
    let reaction = desks[index].schedule.reached(
      .suspended(until: nil), in: desks[index].schedule.window.generation, at: moment, chance: chance())
    obey(reaction, index, after: outcome, note: note, at: moment)
  }

  // MARK: Settling

  /// Takes notice of a window that closed or opened.
  private func obey(
    _ reaction: DestinationWindow.Reaction, _ index: Int, after outcome: DeliveryOutcome,
    note: String = "not sent: the destination is being probed by one delivery at a time", at moment: Moment
  ) {
    let party = desks[index].destination.party.text
    desks[index].metrics.window.set(desks[index].schedule.window.places)
    if case .closed(let until) = reaction {
      desks[index].closure = DestinationDesk.Closure(outcome: outcome.failureBeforeSending, note: note)
      desks[index].metrics.open.set(0)
      parts.log.warning(
        "destination-closed",
        [
          .destination(party), .outcome(DeliveryMetrics.word(for: outcome)), .duration(until - moment.monotonic),
        ])
    } else if desks[index].closure != nil, desks[index].schedule.window.isOpen {
      desks[index].closure = nil
      desks[index].metrics.open.set(1)
      parts.log.info("destination-opened", [.destination(party)])
    }
  }

  /// Puts off, unsent, what a destination holds outside its hours, or beyond its probe while it is not open: kept here it
  /// would only be shown as in flight while nothing moves.
  private func sendHome(_ index: Int, at moment: Moment) {
    let closure: DestinationDesk.Closure
    var places = 0
    if let opening = desks[index].schedule.closedUntil {
      closure = DestinationDesk.Closure(
        outcome: .postponed(.outOfHours, notBefore: opening),
        note: "not sent: the destination takes nothing at this hour")
    } else if let closed = desks[index].closure {
      closure = closed
      places = max(0, desks[index].schedule.window.places - desks[index].schedule.underWay)
    } else {
      return
    }
    for attempt in desks[index].queue.keepFirst(places) {
      let settled = SettledAttempt(attempt, closure.outcome, note: closure.note)
      let due = nextAttempt(after: settled, desks[index].destination, at: moment)
      desks[index].schedule.abandoned(nextAttemptAt: due, bytes: settled.attempt.bytes)
      settle(settled, due, index, at: moment)
    }
  }

  /// A claim of a message the profile has no operation for: nothing can be sent until the configuration is mended.
  func giveUp(_ delivery: ClaimedDelivery, _ index: Int, at moment: Moment) {
    let settled = SettledAttempt(
      DeliveryAttempt(delivery, variants: [""], hasToken: false), .postponed(.configuration, notBefore: nil),
      note: "the profile \(desks[index].destination.profile) has no operation for \(delivery.type)")
    let due = nextAttempt(after: settled, desks[index].destination, at: moment)
    desks[index].schedule.abandoned(nextAttemptAt: due, bytes: settled.attempt.bytes)
    settle(settled, due, index, at: moment)
  }

  private func settle(_ settled: SettledAttempt, _ due: Timestamp?, _ index: Int, at moment: Moment) {
    let awaited = desks[index].destination.awaitedTypes
    lane.add(settled.settlement(due: due, kept: parts.limits.answerKeptBytes, awaited: awaited, at: moment))
    desks[index].metrics.count(settled.outcome)
    if let started = settled.attempt.startedAt {
      desks[index].metrics.duration.observe(moment.monotonic - started.monotonic)
    }
    func fields() -> [LogField] {
      let delivery = settled.attempt.delivery
      return [
        .destination(desks[index].destination.party.text), .delivery(delivery.key),
        .outcome(DeliveryMetrics.word(for: settled.outcome)), .attempt(delivery.attempt),
      ]
    }
    if due == nil, !settled.outcome.isAccepted {
      parts.log.warning("delivery-given-up", fields())
    } else {
      parts.log.debug("delivery-attempted", fields())
    }
  }

  private func nextAttempt(
    after settled: SettledAttempt, _ destination: Destination, at moment: Moment
  ) -> Timestamp? {
    guard settled.outcome.allowsRetry else { return nil }
    return destination.retry.nextAttempt(
      createdAt: settled.attempt.delivery.createdAt, now: moment.now, notBefore: settled.outcome.notBefore,
      chance: chance())
  }

  /// Uniform in 0..<1.
  func chance() -> Double { Double(random.next() >> 11) * 0x1p-53 }

  // MARK: Stopping

  private func isDone(at moment: Moment) -> Bool {
    guard let stopping else { return false }
    if stopping.isOver(at: moment.monotonic) { return true }
    return requests.isEmpty && lane.isIdle && desks.allSatisfy { $0.queue.isEmpty && !$0.isWaitingForLogin }
  }

  private func cancelRest() {
    stopping?.didCancel()
    parts.log.warning("deliverer-cancels", [.count(requests.count)])
    for index in desks.indices {
      let (count, bytes) = desks[index].queue.drop { _ in true }
      desks[index].schedule.droppedWaiting(count, bytes: bytes)
    }
    parts.transport.cancelAll()
  }
}
