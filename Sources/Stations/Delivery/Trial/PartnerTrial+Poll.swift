package import DossierModel
import DossierStore
package import HTTPKit
package import ServiceKit

extension PartnerTrial {
  /// Makes one round of a poll, up to where it would ask for more; `send` holds until there is an answer.
  ///
  /// It is the round that the poller makes (`PollRound`), with the same requests and readings. Nothing goes down the line, so
  /// nothing is acknowledged, moved or removed either: the partner hands out the same items to the gateway afterwards.
  /// - Parameter awaited: what it asks about, for a poll about dossiers that the partner has.
  package func poll(
    _ name: String, about awaited: [DossierCode] = [], userAgent: String, now: Timestamp,
    send: (HTTPClientRequest) -> HTTPClientResult, hear: (TrialStep) -> Void
  ) -> PollTrial {
    guard let poll = destination.polls.first(where: { $0.name == name }),
      let visible = shown.polls.first(where: { $0.name == name })
    else { preconditionFailure("a trial is made of a poll that the profile has") }
    let id = PollID(destination.party, name)
    var round = PollRound(
      PollLease(poll: id, epoch: 1), poll: poll.poll, every: poll.every, retry: destination.retry)
    let reader = PollAnswerReader(id: id, poll: poll.poll, limits: PollLimits())
    var trial = PollTrial()
    var token: String? = destination.login == nil ? "" : nil
    var step = round.begin(at: now)

    /// nil without an answer, which ends the round.
    func ask(
      _ purpose: TrialStep.Purpose, _ call: DestinationPoll.Call, _ shownCall: DestinationPoll.Call,
      _ read: (HTTPResponse) -> PollAnswer
    ) -> PollAnswer {
      if token == nil {
        switch logIn(userAgent: userAgent, send: send, hear: hear) {
        case .success(let renewed): token = renewed
        case .failure: return PollAnswer(.failed(.authentication, notBefore: nil), note: "the login gave no token")
        }
      }
      let current = token ?? ""
      hear(.sent(Self.step(visibleRequest(shownCall, round.values), purpose, variant: "")))
      let request = destination.request(of: call, round.values, token: current, userAgent: userAgent, at: now)
      switch send(request) {
      case .failure(let failure):
        hear(.failed(failure.kind))
        return PollAnswer(.failed(.connect, notBefore: nil), note: "no answer: \(failure.kind.rawValue)")
      case .response(let answer, _):
        let reading = read(answer)
        hear(.answered(self.answer(answer, reading: reading.note, token: current)))
        return reading
      }
    }
    func visibleRequest(_ call: DestinationPoll.Call, _ values: PollValues) -> HTTPClientRequest {
      shown.request(of: call, values, token: Self.hidden, userAgent: userAgent, at: now)
    }

    var last = PollRound.Step.ask
    while true {
      switch step {
      case .pick(let limit):
        let types = awaitedTypes(of: poll)
        let dossiers = awaited.prefix(limit).map { AwaitedDossier(type: types.first ?? "", code: $0) }
        step = round.picked(AwaitedQuery.Answer(open: dossiers), at: now)
      case .ask:
        last = step
        let answer = ask(.list, poll.list, visible.list) { reader.list($0, poll.list.answers, now: now) }
        step = round.answered(answer, at: now, chance: 0)
      case .askForDetail:
        last = step
        guard let call = poll.detail, let shownCall = visible.detail else { preconditionFailure("it has a detail") }
        let answer = ask(.detail, call, shownCall) { reader.detail($0, call.answers, now: now) }
        step = round.detailAnswered(answer, at: now, chance: 0)
      case .renew:
        if destination.login != nil { token = nil }
        step = last
      case .take(let items, _):
        trial.found += items.count
        hear(.found(items))
        step = round.taken(items.map { _ in .taken(isNew: true) }, at: now)
      case .acknowledge:
        if let call = visible.acknowledge {
          hear(.withheld(Self.step(visibleRequest(call, round.values), .acknowledgement, variant: "")))
        }
        step = round.told(.acknowledgement, PollAnswer(.done, note: "withheld"), at: now, chance: 0)
      case .report(let report):
        trial.unusable += report.refused.map { ($0.item.name, $0.note) }
        trial.end = report.end
        hear(.polled(trial))
        return trial
      case .decline, .over: preconditionFailure("a round reports first")
      }
    }
  }

  private func awaitedTypes(of poll: DestinationPoll) -> [String] {
    if case .awaited(let awaited) = poll.poll.progress { awaited.types.sorted() } else { [] }
  }
}
