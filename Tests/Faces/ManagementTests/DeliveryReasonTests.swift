import CryptographyKit
import DossierModel
import Management
import ServiceKit
import Testing

@testable import DossierStore

@Suite("Why a delivery is not sent") struct DeliveryReasonTests {
  private let now = Timestamp(seconds: 1_800_000_000)

  private func standing(_ state: DeliveryState, place: QueuePlace? = nil, due: Timestamp? = nil) -> DeliveryStanding {
    DeliveryStanding(
      delivery: StoredDelivery(
        id: DeliveryID(7), destination: "so-xay-dung", type: "oc-lgsp/sync-document", state: state, attempts: 2,
        createdAt: now, due: due, lastFailure: due == nil ? nil : .connect),
      dossier: "H1", message: MessageID(UUIDv7Generator().next()), place: place)
  }

  @Test("is told with what goes before it and what failed there")
  func ready() {
    #expect(
      DeliveryReason.sentence(for: standing(.ready, place: QueuePlace(ahead: 0, failed: 0)), at: now)
        == "Delivery 7 (H1 to so-xay-dung) is ready and next: it waits for a free place towards so-xay-dung, or for "
        + "so-xay-dung to fetch it.")
    #expect(
      DeliveryReason.sentence(
        for: standing(.ready, place: QueuePlace(ahead: 120, failed: 34, failure: .connect)), at: now)
        == "Delivery 7 (H1 to so-xay-dung) is ready and 120 go before it towards so-xay-dung; 34 others failed there and "
        + "are tried again, most for connect.")
    let limit = DeliveryReason.sentence(
      for: standing(.ready, place: QueuePlace(ahead: QueuePlace.countLimit, failed: 0)), at: now)
    #expect(limit.contains("more than 10000 go before it"))
  }

  @Test("names the hour at which a destination that rests takes something again, for what would be sent")
  func hours() {
    let opening = now + .seconds(3_600)
    for state in DeliveryState.allCases {
      let sentence = DeliveryReason.sentence(for: standing(state), at: now, closedUntil: opening)
      #expect(sentence.hasSuffix("."))
      #expect(sentence.contains("takes nothing before 2027-01-15T16:00:00+07:00 by its hours") == state.isClaimable)
    }
  }

  @Test("says that an answer is missing, and when it goes on")
  func unknown() {
    let sentence = DeliveryReason.sentence(for: standing(.unknown, due: now + .seconds(90)), at: now)
    #expect(sentence.contains("no answer came") && sentence.contains("next attempt in 90 s"))
  }
}
