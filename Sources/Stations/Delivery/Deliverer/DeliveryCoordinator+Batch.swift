import DossierModel
import DossierStore
import HTTPKit
import ServiceKit

extension DeliveryCoordinator {
  /// A request of several deliveries ended: each has an outcome of its own, or goes again by itself.
  func answered(_ attempts: [DeliveryAttempt], _ result: HTTPClientResult, _ index: Int, at moment: Moment) {
    switch result {
    case .failure(let failure):
      if failure.kind == .cancelled, stopping != nil {
        // The claims stay on the disk; the next start finds them.
        return attempts.forEach { desks[index].schedule.dropped(bytes: $0.bytes) }
      }
      let note = "no answer: \(failure.kind.rawValue)"
      finish(attempts.map { SettledAttempt($0, DeliveryOutcome(failure), note: note) }, index, at: moment)
    case .response(let answer, _):
      let reading = read(answer, to: attempts[0], index, at: moment)
      switch reading.verdict {
      case .refused, .switchVariant, .absent:
        // Of several nobody knows which one is meant.
        sendAlone(attempts, index)
      case .credentialRejected:
        desks[index].session?.rejected(generation: attempts[0].credentialGeneration)
        fallthrough
      case .accepted, .alreadyThere, .retry, .unreadable:
        settle(attempts, answer, reading, index, at: moment)
      }
    }
  }

  private func settle(
    _ attempts: [DeliveryAttempt], _ answer: HTTPResponse, _ reading: AnswerReading, _ index: Int, at moment: Moment
  ) {
    let failures = reading.verdict == .accepted ? failures(in: answer, of: attempts[0], index) : []
    var settled: [SettledAttempt] = []
    var again: [DeliveryAttempt] = []
    var alone: [DeliveryAttempt] = []
    for var attempt in attempts {
      guard !failures.contains(attempt.delivery.dossier.text) else {
        alone.append(attempt)
        continue
      }
      switch attempt.answered(reading.verdict) {
      case .settle(let outcome):
        let note = "one of \(attempts.count), \(reading.note)"
        settled.append(SettledAttempt(attempt, outcome, status: answer.status, answer: answer.body, note: note))
      case .resend, .renewAndResend: again.append(attempt)
      }
    }
    finish(settled, index, at: moment)
    sendAlone(alone, index)
    putBack(again, index)
  }

  /// The dossiers that an answer to several names as not taken.
  private func failures(in answer: HTTPResponse, of attempt: DeliveryAttempt, _ index: Int) -> Set<String> {
    guard let operation = desks[index].destination.operations[attempt.delivery.type], let batch = operation.batch else {
      preconditionFailure("several go together where the profile says so")
    }
    var content = AnswerContent(answer.body, format: operation.answers.rules.format, limits: operation.answers.limits)
    return batch.failures(in: content.root())
  }

  private func sendAlone(_ attempts: [DeliveryAttempt], _ index: Int) {
    putBack(
      attempts.map { attempt in
        var alone = attempt
        alone.goesAlone()
        return alone
      }, index)
  }

  private func putBack(_ attempts: [DeliveryAttempt], _ index: Int) {
    for attempt in attempts.reversed() {
      desks[index].schedule.putBack()
      desks[index].queue.putFirst(attempt)
    }
  }
}
