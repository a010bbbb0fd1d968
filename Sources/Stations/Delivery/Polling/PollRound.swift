package import DossierModel
package import DossierStore
package import ServiceKit

/// One round of a poll, from its lease to the report that ends it: a state machine without effects.
///
/// Ask, have each item brought whole, hand the items to the line, acknowledge what is on the disk, and only then move the
/// place: whatever breaks in between, the next round finds the same items again, and they are the same messages. An item
/// that cannot be taken goes into the report with its bytes, and the round goes on; where a partner is told of that, it is
/// after the report is on the disk. Every question is asked once; a token is renewed once for each.
package struct PollRound: Sendable {
  /// What to do next. Each is answered by the event of its name.
  package enum Step: Sendable {
    /// Look which dossiers are to be asked about, at most so many.
    case pick(Int)
    case ask
    case askForDetail
    case take([PollItem], scope: MessageKey.Scope)
    case acknowledge
    /// Tell that an item is kept that could not be taken.
    case decline
    /// Get a new token, then do the last request again.
    case renew
    case report(PollReport)
    /// Its last report is on the disk, or counts no more.
    case over
  }

  /// What a partner is told of one of its items.
  package enum Notice: Sendable {
    /// It is on the disk.
    case acknowledgement
    /// It is kept, and could not be taken.
    case refusal
  }

  package let lease: PollLease
  private let poll: PartnerPoll
  private let every: Duration
  private let retry: RetryPolicy
  private let limits: PollLimits
  /// What was seen in the folder, for the next round of a poll that has one.
  package private(set) var look: FolderLook

  /// What the requests are filled with.
  private(set) var values = PollValues()
  private var place: PollPlace
  private var window: (from: Timestamp, until: Timestamp)?
  private var page: Int
  private var pagesAsked = 0
  private var batch: [AwaitedDossier] = []
  private var over: [AwaitedDossier] = []
  /// Asked about in this round.
  private var asked: Set<AwaitedDossier> = []
  /// Of the answer that is being worked through.
  private var found: [FoundItem] = []
  private var nextCursor: String?
  private var hasMore = false
  /// How many of `found` are done with.
  private var index = 0
  /// On their way into the line.
  private var offered: [FoundItem] = []
  private var toAcknowledge: [FoundItem] = []
  private var toDecline: [FoundItem] = []
  /// Whether the report under way comes before what is told of the items in it.
  private var isDeclining = false
  /// After how long files can be fetched that are seen and not whole yet.
  private var again: Duration?
  /// Of this page, those of which the partner was told.
  private var toldCount = 0
  private var taken = 0
  private var refused: [PollReport.Refused] = []
  private var cleared: [PollItem] = []
  /// Refused in this round.
  private var refusedCount = 0
  private var wasRenewed = false
  private var isEnding = false

  package init(
    _ lease: PollLease, poll: PartnerPoll, every: Duration, retry: RetryPolicy, look: FolderLook = FolderLook(),
    limits: PollLimits = PollLimits()
  ) {
    self.lease = lease
    self.poll = poll
    self.every = every
    self.retry = retry
    self.look = look
    self.limits = limits
    place = lease.place
    page = poll.pages?.first ?? 1
  }

  // MARK: Questions

  package mutating func begin(at now: Timestamp) -> Step {
    wasRenewed = false
    values = PollValues()
    values.page = String(page)
    values.size = poll.pages.map { String($0.size) } ?? ""
    switch poll.progress {
    case .none: break
    case .cursor(_, let start): values.cursor = place.cursor ?? start
    case .window(let window):
      // A further page is of the same window as the first.
      let asked = self.window ?? window.next(after: place.reached, at: now)
      self.window = asked
      values.from = window.format.text(asked.from)
      values.until = window.format.text(asked.until)
    case .awaited(let awaited): return .pick(awaited.batch)
    }
    pagesAsked += 1
    return .ask
  }

  /// The dossiers to ask about; those that are over are told to the store with the next report.
  package mutating func picked(_ answer: AwaitedQuery.Answer, at now: Timestamp) -> Step {
    over += answer.over
    batch = answer.open.filter { !asked.contains($0) }
    guard !batch.isEmpty else { return end(.done, due: now + every, at: now) }
    asked.formUnion(batch)
    values.dossiers = batch.map(\.code.text)
    pagesAsked += 1
    return .ask
  }

  /// The store could not say what to ask about.
  package mutating func notPicked(at now: Timestamp) -> Step { broken(at: now, after: retry.pauseMinimum) }

  package mutating func answered(_ answer: PollAnswer, at now: Timestamp, chance: Double) -> Step {
    switch answer.reading {
    case .listed(let items, let cursor, let hasMore):
      (found, nextCursor, self.hasMore, index) = (items, cursor, hasMore, 0)
      if let folder = poll.folder { (found, again) = look.ready(items, in: folder, at: now) }
      return work(at: now)
    case .nothing:
      (found, nextCursor, hasMore, index) = ([], nil, false, 0)
      return work(at: now)
    default: return failed(answer, at: now, chance: chance)
    }
  }

  // MARK: Items

  /// Goes on with the items of the answer.
  private mutating func work(at now: Timestamp) -> Step {
    if poll.detail != nil {
      while index < found.count {
        guard found[index].fault == nil else {
          keep(found[index])
          index += 1
          continue
        }
        return ask(about: found[index], .askForDetail)
      }
    }
    while index < found.count {
      let next = found[index..<min(index + limits.batch, found.count)]
      index += next.count
      for item in next where item.fault != nil { keep(item) }
      offered = next.filter { $0.fault == nil }
      if !offered.isEmpty { return take() }
    }
    guard toDecline.isEmpty else { return declineNext(at: now) }
    guard max(lease.keptItems, refusedCount) <= limits.keptItems else {
      return end(
        .failed(
          .configuration,
          note: "more than \(limits.keptItems) items could not be taken: mend what they show, then offer or drop them"),
        due: now + every, at: now)
    }
    return turnPage(at: now)
  }

  private mutating func ask(about item: FoundItem, _ step: Step) -> Step {
    wasRenewed = false
    values.item = item.item.name
    values.fields = item.fields
    return step
  }

  private func take() -> Step {
    // Of what is asked about again and again only the last state says whether something is new.
    let scope: MessageKey.Scope = if case .awaited = poll.progress { .latest } else { .always }
    return .take(offered.map(\.item), scope: scope)
  }

  package mutating func detailAnswered(_ answer: PollAnswer, at now: Timestamp, chance: Double) -> Step {
    var item = found[index]
    switch answer.reading {
    case .document(let bytes):
      index += 1
      item.item = PollItem(poll: item.item.poll, name: item.item.name, type: item.item.type, bytes: bytes)
      if poll.folder?.isNamedByContent == true { item.item.name = item.item.digest.description }
      offered = [item]
      return take()
    case .nothing:
      index += 1
      return work(at: now)
    case .unreadable(let bytes) where canGoPast:
      index += 1
      if !bytes.isEmpty {
        item.item = PollItem(poll: item.item.poll, name: item.item.name, type: item.item.type, bytes: bytes)
      }
      item.fault = answer.note
      keep(item)
      return work(at: now)
    case .refused where canGoPast:
      index += 1
      item.fault = answer.note
      keep(item)
      return work(at: now)
    default: return failed(answer, at: now, chance: chance)
    }
  }

  /// Whether an item may be left behind whose detail says nothing: where the place does not move it comes again by itself,
  /// elsewhere only when it has failed often enough.
  private var canGoPast: Bool {
    if case .none = poll.progress { return true }
    return lease.failures >= limits.detailPatience
  }

  package mutating func taken(_ outcomes: [PollItemOutcome], at now: Timestamp) -> Step {
    precondition(outcomes.count == offered.count, "each item has an outcome")
    for (item, outcome) in zip(offered, outcomes) {
      switch outcome {
      case .taken(let isNew):
        if isNew { taken += 1 }
        // What was kept before, when the line did not take it yet, is so no more.
        if lease.keptItems > 0 { cleared.append(item.item) }
        toAcknowledge.append(item)
      case .refused(let fault, let note):
        keep(item, fault, note)
      case .postponed: return broken(at: now, after: retry.pauseMinimum)
      }
    }
    offered = []
    return acknowledgeNext(at: now)
  }

  private mutating func keep(_ item: FoundItem) { keep(item, .malformed, item.fault ?? "") }

  private mutating func keep(_ item: FoundItem, _ fault: FaultCode, _ note: String) {
    refused.append(PollReport.Refused(item.item, fault: fault, note: note))
    refusedCount += 1
    if poll.decline != nil, !item.isOutOfReach { toDecline.append(item) }
  }

  // MARK: Afterwards

  private mutating func acknowledgeNext(at now: Timestamp) -> Step {
    guard poll.acknowledge != nil, let item = toAcknowledge.first else {
      toAcknowledge = []
      return work(at: now)
    }
    return ask(about: item, .acknowledge)
  }

  /// The items were found to be no messages, and are on the disk before the partner hears of it.
  private mutating func declineNext(at now: Timestamp) -> Step {
    isDeclining = false
    guard let item = toDecline.first else { return work(at: now) }
    guard refused.isEmpty else {
      isDeclining = true
      return .report(report(at: now))
    }
    return ask(about: item, .decline)
  }

  /// The partner was told of an item. One that it does not want to hear of is no reason to stop: the item comes again.
  package mutating func told(_ notice: Notice, _ answer: PollAnswer, at now: Timestamp, chance: Double) -> Step {
    switch answer.reading {
    case .done, .nothing, .refused:
      toldCount += 1
      switch notice {
      case .acknowledgement:
        toAcknowledge.removeFirst()
        return acknowledgeNext(at: now)
      case .refusal:
        toDecline.removeFirst()
        return declineNext(at: now)
      }
    default: return failed(answer, at: now, chance: chance)
    }
  }

  /// Everything up to here is on the disk: the place moves.
  private mutating func turnPage(at now: Timestamp) -> Step {
    var goesOn = hasMore
    switch poll.progress {
    case .none:
      page += 1
      // What is not acknowledged would only be handed out once more.
      if poll.acknowledge != nil { goesOn = hasMore && toldCount > 0 }
      toldCount = 0
    case .cursor:
      if hasMore, nextCursor == nil || nextCursor == place.cursor {
        return end(
          .failed(.unreadableAnswer, note: "the partner says that there is more, and gives no new place to go on from"),
          due: now + every, at: now)
      }
      place.cursor = nextCursor ?? place.cursor
    case .window:
      page += 1
      if !hasMore, let until = window?.until {
        place.reached = until
        window = nil
        page = poll.pages?.first ?? 1
        goesOn = until < now
      }
    case .awaited: goesOn = true
    }
    guard goesOn else { return end(.done, due: now + min(every, again ?? every), at: now) }
    // The others have their turn; this one comes again at once. A window of many pages begins anew: its items are known.
    guard pagesAsked < limits.pages else { return end(.done, due: now, at: now) }
    return .report(report(at: now))
  }

  /// A report is on the disk; false when the lease is over.
  package mutating func reported(_ isHeld: Bool, at now: Timestamp) -> Step {
    guard isHeld, !isEnding else { return .over }
    return isDeclining ? declineNext(at: now) : begin(at: now)
  }

  // MARK: Ends

  /// A request got no answer.
  package mutating func failed(
    _ failure: FailureClass, note: String, at now: Timestamp, chance: Double, notBefore: Timestamp? = nil
  ) -> Step {
    let doubled = retry.pauseMinimum * (1 << min(lease.failures, 20))
    let pause = min(doubled, max(retry.pauseMaximum, retry.pauseMinimum))
    let due = now + (pause - pause * (chance / 4))
    return end(.failed(failure, note: note), due: max(due, notBefore ?? due), at: now)
  }

  private mutating func failed(_ answer: PollAnswer, at now: Timestamp, chance: Double) -> Step {
    switch answer.reading {
    case .credentialRejected:
      guard !wasRenewed else { return failed(.authentication, note: answer.note, at: now, chance: chance) }
      wasRenewed = true
      return .renew
    case .failed(let failure, let notBefore):
      return failed(failure, note: answer.note, at: now, chance: chance, notBefore: notBefore)
    case .refused: return failed(.businessRefusal, note: answer.note, at: now, chance: chance)
    case .listed, .nothing, .document, .done, .unreadable:
      return failed(.unreadableAnswer, note: answer.note, at: now, chance: chance)
    }
  }

  /// Ends it where it stands, through no fault of the partner's. What is not in the line yet comes again.
  package mutating func broken(at now: Timestamp, after pause: Duration) -> Step {
    end(.broken, due: now + pause, at: now)
  }

  private mutating func end(_ end: PollReport.End, due: Timestamp, at now: Timestamp) -> Step {
    guard !isEnding else { return .over }
    isEnding = true
    var report = report(at: now)
    report.end = end
    report.due = due
    return .report(report)
  }

  private mutating func report(at now: Timestamp) -> PollReport {
    var report = PollReport(lease, at: now, place: place)
    report.taken = taken
    report.refused = refused
    report.cleared = cleared
    report.asked = batch
    report.settled = over
    (taken, refused, cleared, batch, over) = (0, [], [], [], [])
    return report
  }
}
