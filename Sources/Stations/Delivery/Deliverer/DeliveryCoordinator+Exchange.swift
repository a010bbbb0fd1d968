import DossierModel
import DossierStore
import ServiceKit
import ThreadKit

extension DeliveryCoordinator {
  /// Hands the store what was finished and asks for as much new work as there is room for.
  func exchange(at moment: Moment) {
    parts.metrics.unsettled.set(lane.unsettled)
    guard lane.isFree(at: moment.monotonic) else { return }
    var claims: [PartyID: ClaimRequest] = [:]
    if stopping == nil {
      for desk in desks {
        if let claim = desk.schedule.claim { claims[desk.destination.party] = claim }
      }
    }
    guard let (number, exchange) = lane.next(claims: claims, at: moment, inHand: { inHand }) else { return }
    for index in desks.indices {
      guard let count = claims[desks[index].destination.party]?.count else { continue }
      desks[index].schedule.claimSubmitted(count)
      // Settlements left for the next exchange may release successors that this one's claims do not see.
      if lane.hasPending { desks[index].schedule.signal() }
    }
    parts.store.exchange(exchange) { [mailbox = parts.mailbox] result in
      mailbox.put(.exchanged(number, result))
    }
  }

  /// What was claimed and has no outcome yet.
  private var inHand: Set<DeliveryID> {
    var held = Set(requests.values.flatMap { $0.attempts.map(\.delivery.id) })
    for desk in desks { held.formUnion(desk.queue.deliveries) }
    return held
  }

  func exchanged(_ number: UInt64, _ result: Result<[ClaimedDelivery], StoreError>, at moment: Moment) {
    switch result {
    case .success(let claimed):
      if lane.isFailing { parts.log.info("store-takes-outcomes-again", [.count(lane.unsettled)]) }
      accept(claimed, asked: lane.succeeded(number), at: moment)
    case .failure(let error):
      let asked = lane.failed(number, error.code, at: moment.monotonic)
      for index in desks.indices {
        if let count = asked[desks[index].destination.party]?.count { desks[index].schedule.claimFailed(count) }
      }
      parts.log.error("store-refuses-exchange", [.errorCode(error.code.rawValue), .count(lane.unsettled)])
    }
  }

  private func accept(_ claimed: [ClaimedDelivery], asked: [PartyID: ClaimRequest], at moment: Moment) {
    guard !asked.isEmpty else { return }
    var byParty: [PartyID: [ClaimedDelivery]] = [:]
    if asked.count == 1, let party = asked.keys.first {
      byParty[party] = claimed
    } else {
      for delivery in claimed { byParty[delivery.destination, default: []].append(delivery) }
    }
    for index in desks.indices {
      let party = desks[index].destination.party
      guard let request = asked[party] else { continue }
      let given = byParty[party] ?? []
      let bytes = given.reduce(0) { $0 + $1.payload.count }
      if desks[index].schedule.claimed(given.count, bytes: bytes, of: request) { learnNextDue(index) }
      for delivery in given { take(delivery, index, at: moment) }
    }
  }

  private func take(_ delivery: ClaimedDelivery, _ index: Int, at moment: Moment) {
    let destination = desks[index].destination
    guard let operation = destination.operations[delivery.type] else {
      return giveUp(delivery, index, at: moment)
    }
    desks[index].queue.append(
      DeliveryAttempt(
        delivery, variants: operation.variants.map(\.name), hasToken: destination.login != nil,
        canAsk: operation.question != nil))
  }

  /// When the next deferred delivery of a destination is due is the store's knowledge at the start and the
  /// coordinator's own from then on; it asks only where the answer is not known.
  private func learnNextDue(_ index: Int) {
    do throws(StoreError) {
      desks[index].schedule.learned(nextDue: try parts.store.nextDue(for: desks[index].destination.party))
    } catch {
      desks[index].schedule.dueUnknown()
    }
  }
}
