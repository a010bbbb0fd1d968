import CryptographyKit
import Delivery
import DossierModel
import HTTPKit
import ServiceKit
import Testing

@testable import DossierStore

@Suite struct DeliveryAttemptTests {
  private func attempt(_ variants: [String] = [""], hasToken: Bool = false) -> DeliveryAttempt {
    DeliveryAttempt(.sample, variants: variants, hasToken: hasToken)
  }

  @Test("each variant is sent once: an answer may switch to those that are left only")
  func variants() {
    var attempt = attempt(["create", "update"])
    #expect(attempt.variantsLeft == ["update"])
    #expect(attempt.answered(.switchVariant("update")) == .resend)
    #expect(attempt.variant == 1)
    #expect(attempt.variantsLeft.isEmpty)
    #expect(attempt.answered(.accepted) == .settle(.accepted(alreadyThere: false)))
  }

  @Test("the token is renewed once in an attempt, also when the variant changed meanwhile")
  func renewal() {
    var attempt = attempt(["create", "update"], hasToken: true)
    #expect(attempt.answered(.credentialRejected) == .renewAndResend)
    #expect(attempt.answered(.switchVariant("update")) == .resend)
    #expect(attempt.answered(.credentialRejected) == .settle(.postponed(.authentication, notBefore: nil)))
  }

  @Test(
    "what may have arrived is asked about first; absent it is sent, renewed once in all, and refused questions say nothing"
  )
  func question() {
    var delivery = ClaimedDelivery.sample
    #expect(!DeliveryAttempt(delivery, variants: [""], hasToken: false, canAsk: true).isAsking)
    delivery.mayHaveArrived = true
    #expect(!DeliveryAttempt(delivery, variants: [""], hasToken: false).isAsking)
    var attempt = DeliveryAttempt(delivery, variants: ["create", "update"], hasToken: true, canAsk: true)
    #expect(attempt.isAsking && attempt.isInDoubt)
    #expect(attempt.answered(.credentialRejected) == .renewAndResend)
    #expect(attempt.isAsking)
    #expect(attempt.answered(.absent) == .resend)
    #expect(!attempt.isAsking && !attempt.isInDoubt && attempt.wasAbsent && attempt.variant == 0)
    #expect(attempt.answered(.credentialRejected) == .settle(.postponed(.authentication, notBefore: nil)))
    #expect(attempt.answered(.refused) == .settle(.refused))
    var other = DeliveryAttempt(delivery, variants: [""], hasToken: false, canAsk: true)
    #expect(other.answered(.refused) == .settle(.postponed(.clientError, notBefore: nil)))
    #expect(other.isInDoubt)
  }

  @Test("a failure leaves in doubt what was in doubt, with the same wish of the partner and the same word about it")
  func doubt() {
    let moment = Timestamp(seconds: 9)
    let outcome = DeliveryOutcome.postponed(.throttled, notBefore: moment).inDoubt
    #expect(outcome == .leftUnknown(.throttled, notBefore: moment))
    #expect(outcome.allowsRetry && outcome.notBefore == moment)
    #expect(outcome.reach == .suspended(until: moment))
    #expect(outcome.failureBeforeSending == .postponed(.throttled, notBefore: moment))
    #expect(
      DeliveryOutcome.leftUnknown(.brokenAfterSend, notBefore: nil).failureBeforeSending
        == .postponed(.timeoutBeforeSend, notBefore: nil))
    for certain in [DeliveryOutcome.refused, .accepted(alreadyThere: true), .answerMissing(.timeoutAfterSend)] {
      #expect(certain.inDoubt == certain)
    }
  }

  @Test("without a login there is nothing to renew")
  func noLogin() {
    var attempt = attempt()
    #expect(attempt.answered(.credentialRejected) == .settle(.postponed(.authentication, notBefore: nil)))
  }

  static let failures: [(HTTPClientFailure.Kind, Bool, DeliveryOutcome, DeliveryOutcome.Reach)] = [
    (.resolve, false, .postponed(.resolve, notBefore: nil), .faulted),
    (.connect, false, .postponed(.connect, notBefore: nil), .faulted),
    (.tls, false, .postponed(.tls, notBefore: nil), .faulted),
    (.timeoutBeforeSend, false, .postponed(.timeoutBeforeSend, notBefore: nil), .faulted),
    (.timeoutAfterSend, true, .answerMissing(.timeoutAfterSend), .faulted),
    (.brokenAfterSend, true, .answerMissing(.brokenAfterSend), .faulted),
    (.tooLarge, true, .answerMissing(.answerTooLarge), .answered),
    (.protocolError, true, .answerMissing(.unreadableAnswer), .faulted),
    (.cancelled, false, .postponed(.timeoutBeforeSend, notBefore: nil), .faulted),
    (.cancelled, true, .answerMissing(.brokenAfterSend), .faulted),
    (.invalidRequest, false, .postponed(.configuration, notBefore: nil), .unknown),
    (.overloaded, false, .postponed(.configuration, notBefore: nil), .unknown),
  ]

  @Test("whether the partner may have had the request decides what a failure means", arguments: failures)
  func transferFailures(
    _ kind: HTTPClientFailure.Kind, sent: Bool, expected: DeliveryOutcome, reach: DeliveryOutcome.Reach
  ) {
    let outcome = DeliveryOutcome(HTTPClientFailure(kind: kind, requestPossiblySent: sent, message: ""))
    #expect(outcome == expected)
    #expect(outcome.reach == reach)
  }

  @Test("what the partner itself says is never held against the way to it")
  func businessAnswers() {
    #expect(DeliveryOutcome.refused.reach == .answered)
    #expect(DeliveryOutcome.accepted(alreadyThere: true).reach == .answered)
    #expect(DeliveryOutcome.postponed(.businessRetry, notBefore: nil).reach == .answered)
    let moment = Timestamp(seconds: 5)
    #expect(DeliveryOutcome.postponed(.throttled, notBefore: moment).reach == .suspended(until: moment))
    #expect(DeliveryOutcome.postponed(.throttled, notBefore: nil).reach == .faulted)
  }
}

@Suite struct ExchangeLaneTests {
  private let moment = Moment(now: Timestamp(seconds: 9), monotonic: MonotonicInstant(nanoseconds: 0))

  private func settlement(_ number: Int64) -> Settlement {
    Settlement(
      delivery: DeliveryID(number), epoch: 1, outcome: .refused, startedAt: moment.now, endedAt: moment.now)
  }

  private func numbers(_ exchange: DeliveryExchange?) -> [Int64] { exchange?.settlements.map(\.delivery.number) ?? [] }

  @Test("settlements that finish during an exchange join the next, and two exchanges are under way at most")
  func pipelining() {
    var lane = ExchangeLane()
    lane.add(settlement(1))
    let first = lane.next(claims: ["a": 2], at: moment)
    #expect(numbers(first?.exchange) == [1])
    #expect(first?.exchange.claims == ["a": 2])
    lane.add(settlement(2))
    lane.add(settlement(3))
    #expect(lane.isFree(at: moment.monotonic))
    let second = lane.next(claims: [:], at: moment)
    #expect(numbers(second?.exchange) == [2, 3])
    #expect(!lane.isFree(at: moment.monotonic))
    #expect(lane.unsettled == 3)
    #expect(lane.succeeded(1) == ["a": 2])
    #expect(lane.unsettled == 2)
    #expect(lane.isFree(at: moment.monotonic))
    #expect(lane.next(claims: [:], at: moment) == nil)
    _ = lane.succeeded(2)
    #expect(lane.isIdle)
  }

  @Test("after a failed exchange the next one goes alone and tells what is in hand, until one of that kind succeeded")
  func doubt() {
    var lane = ExchangeLane()
    _ = lane.next(claims: ["a": 2], at: moment)
    let second = lane.next(claims: ["b": 1], at: moment)
    #expect(second?.exchange.inHand == nil)
    _ = lane.failed(1, .unavailable, at: moment.monotonic)
    _ = lane.succeeded(2)
    lane.add(settlement(7))
    let clearing = lane.next(claims: [:], at: moment, inHand: { [DeliveryID(9)] })
    #expect(numbers(clearing?.exchange) == [7])
    #expect(clearing?.exchange.inHand == [DeliveryID(7), DeliveryID(9)])
    #expect(!lane.isFree(at: moment.monotonic), "a claim beside it would be taken for nobody's")
    _ = lane.succeeded(3)
    #expect(lane.next(claims: [:], at: moment) == nil && lane.isIdle)
  }

  @Test("what the store did not take comes first in the next exchange, after a pause that doubles up to five seconds")
  func failing() {
    var lane = ExchangeLane()
    var instant = moment.monotonic
    lane.add(settlement(1))
    var pauses: [Duration] = []
    for _ in 0..<8 {
      #expect(lane.isFree(at: instant))
      guard let (number, exchange) = lane.next(claims: [:], at: moment) else {
        Issue.record("a settlement was lost")
        return
      }
      #expect(numbers(exchange).first == 1)
      lane.add(settlement(2))
      _ = lane.failed(number, .unavailable, at: instant)
      let pause = lane.pause(at: instant) ?? .zero
      #expect(!lane.isFree(at: instant + pause + .nanoseconds(-1)))
      pauses.append(pause)
      instant = instant + pause
    }
    #expect(pauses == [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000].map { .milliseconds($0) })
    guard let (number, exchange) = lane.next(claims: ["a": 1], at: moment) else { return }
    #expect(exchange.settlements.count == 9)
    #expect(!lane.isFree(at: instant), "a failing store is asked once at a time")
    #expect(lane.succeeded(number) == ["a": 1])
    #expect(lane.isIdle)
    #expect(lane.pause(at: instant) == nil)
  }

  @Test("a settlement that the store cannot write does not keep the others from the disk")
  func poison() {
    var limits = ExchangeLane.Limits()
    limits.pauseMinimum = .nanoseconds(1)
    limits.pauseMaximum = .nanoseconds(1)
    var lane = ExchangeLane(limits: limits)
    for number in 1...20 { lane.add(settlement(Int64(number))) }
    var written: Set<Int64> = []
    var instant = moment.monotonic
    for _ in 0..<200 where written.count < 19 {
      instant = instant + .nanoseconds(1)
      guard let (number, exchange) = lane.next(claims: [:], at: moment) else { break }
      if numbers(exchange).contains(7) {
        _ = lane.failed(number, .internal, at: instant)
      } else {
        written.formUnion(numbers(exchange))
        _ = lane.succeeded(number)
      }
    }
    #expect(written == Set(1...20).subtracting([7]))
    #expect(lane.unsettled == 1)
  }

  @Test("an exchange takes up to its limit of settlements and leaves the rest for the next")
  func batchLimit() {
    var limits = ExchangeLane.Limits()
    limits.settlementsPerExchange = 3
    var lane = ExchangeLane(limits: limits)
    for number in 1...4 { lane.add(settlement(Int64(number))) }
    #expect(numbers(lane.next(claims: [:], at: moment)?.exchange) == [1, 2, 3])
    #expect(lane.hasPending)
    #expect(numbers(lane.next(claims: [:], at: moment)?.exchange) == [4])
    #expect(!lane.hasPending)
  }
}

extension ClaimedDelivery {
  static var sample: ClaimedDelivery {
    ClaimedDelivery(
      id: DeliveryID(1), epoch: 1, destination: "a", message: MessageID(UUIDv7Generator().next()),
      type: "sample/record",
      dossier: "H99.1", payload: [], attempt: 1, createdAt: Timestamp(seconds: 1))
  }
}
