import DossierModel
import Testing

@Suite("The life of a delivery")
struct DeliveryStateTests {
  /// Written out on purpose: the table in the code is held against this one, word by word.
  static let legal: [DeliveryState: [DeliveryEvent: DeliveryState]] = [
    .waiting: [.predecessorDone: .ready, .held: .held, .cancelled: .cancelled, .superseded: .superseded],
    .ready: [
      .claimed: .inFlight, .fetched: .awaitingReceipt, .held: .held, .cancelled: .cancelled, .superseded: .superseded,
    ],
    .inFlight: [
      .accepted: .delivered, .refused: .refused, .postponed: .deferred, .answerMissing: .unknown, .claimLost: .unknown,
      .exhausted: .dead,
    ],
    .awaitingReceipt: [.fetched: .awaitingReceipt, .acknowledged: .delivered, .refused: .refused],
    .deferred: [
      .claimed: .inFlight, .held: .held, .hastened: .deferred, .cancelled: .cancelled, .superseded: .superseded,
    ],
    .unknown: [.claimed: .inFlight, .held: .held, .hastened: .unknown, .cancelled: .cancelled],
    .held: [.released: .ready, .requeued: .waiting, .cancelled: .cancelled, .superseded: .superseded],
    .dead: [.released: .ready, .cancelled: .cancelled],
    .delivered: [:], .refused: [:], .superseded: [:], .cancelled: [:],
  ]

  @Test("allows exactly the transitions of the manual", arguments: DeliveryState.allCases)
  func transitions(from state: DeliveryState) {
    for event in DeliveryEvent.allCases {
      #expect(state.after(event) == Self.legal[state]?[event], "\(state) on \(event)")
    }
  }

  @Test("ends in the states that release successors and in no other")
  func finalStates() {
    for state in DeliveryState.allCases {
      #expect(state.releasesSuccessors == (Self.legal[state]?.isEmpty == true), "\(state)")
    }
  }

  @Test("never sends again what may be sent without having been claimed")
  func claimable() {
    for state in DeliveryState.allCases {
      #expect(state.isClaimable == (state.after(.claimed) == .inFlight), "\(state)")
    }
  }
}
