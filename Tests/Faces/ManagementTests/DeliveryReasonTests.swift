import CryptographyKit
import DocumentKit
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
      DeliveryReason.sentence(for: standing(.ready, place: QueuePlace(ahead: 0, failed: 0)), at: now).english
        == "Delivery 7 (H1 to so-xay-dung) is ready and next: it waits for a free place towards so-xay-dung, or for "
        + "so-xay-dung to fetch it")
    #expect(
      DeliveryReason.sentence(
        for: standing(.ready, place: QueuePlace(ahead: 120, failed: 34, failure: .connect)), at: now
      ).english
        == "Delivery 7 (H1 to so-xay-dung) is ready and 120 go before it towards so-xay-dung; 34 others failed there and "
        + "are tried again, most for connect")
    let limit = DeliveryReason.sentence(
      for: standing(.ready, place: QueuePlace(ahead: QueuePlace.countLimit, failed: 0)), at: now)
    #expect(limit.english.contains("more than 10000 go before it"))
  }

  @Test("names the hour at which a destination that rests takes something again, for what would be sent")
  func hours() {
    let opening = now + .seconds(3_600)
    for state in DeliveryState.allCases {
      let sentence = DeliveryReason.sentence(for: standing(state), at: now, closedUntil: opening)
      let (time, closed) = ("2027-01-15T16:00:00+07:00", state.isClaimable)
      #expect(sentence.english.hasSuffix("; so-xay-dung takes nothing before \(time) by its hours") == closed)
      #expect(sentence.vietnamese.hasSuffix("; so-xay-dung không nhận gì trước \(time) theo giờ của bên đó") == closed)
    }
  }

  @Test("says that an answer is missing, and when it goes on")
  func unknown() {
    let sentence = DeliveryReason.sentence(for: standing(.unknown, due: now + .seconds(90)), at: now)
    #expect(sentence.english.contains("no answer came") && sentence.english.contains("next attempt in 90 s"))
  }

  @Test("is told in Vietnamese with the same facts, whatever state it is in")
  func vietnamese() {
    var told: Set<String> = []
    for state in DeliveryState.allCases {
      for (due, place) in [
        (nil, nil), (now - .seconds(1), QueuePlace(ahead: 0, failed: 0)),
        (now + .seconds(600), QueuePlace(ahead: 31, failed: 45, failure: .connect)),
      ] as [(Timestamp?, QueuePlace?)] {
        let sentence = DeliveryReason.sentence(for: standing(state, place: place, due: due), at: now)
        #expect(sentence.vietnamese.hasPrefix("Lượt giao 7 (H1 tới so-xay-dung) "), "\(state)")
        #expect(Self.facts(of: sentence.english) == Self.facts(of: sentence.vietnamese), "\(sentence.vietnamese)")
        #expect(!sentence.english.hasSuffix(".") && !sentence.vietnamese.hasSuffix("."), "\(state)")
        told.insert(sentence.vietnamese)
      }
    }
    // Not each state tells when it is due, or what goes before it.
    #expect(told.count >= DeliveryState.allCases.count + 6, "\(told.count)")
    let deferred = DeliveryReason.sentence(for: standing(.deferred, due: now + .seconds(600)), at: now)
    #expect(
      deferred.vietnamese
        == "Lượt giao 7 (H1 tới so-xay-dung) sẽ được thử lại sau: lần thử 2 không thành công (connect; lần thử tiếp theo sau "
        + "10 phút)")
  }

  /// Numbers, names of failures, and what is to be typed.
  private static func facts(of text: String) -> [String] {
    let typed = text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .compactMap { $0.offset.isMultiple(of: 2) ? nil : String($0.element) }
    let words = text.split { !$0.isLetter && !$0.isNumber }
    return (typed + words.filter { Int($0) != nil || $0 == "connect" }.map(String.init)).sorted()
  }
}
