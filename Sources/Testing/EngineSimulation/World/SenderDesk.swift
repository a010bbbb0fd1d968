import CryptographyKit
import DossierModel
import DossierStore
import ServiceKit
import Synchronization

/// The senders of a world: each dossier's messages one after the other, each again under its key until it is accepted.
struct SenderDesk {
  private enum Phase {
    case idle
    case submitted
    case unanswered
  }

  private struct Dossier {
    var code: DossierCode
    /// Messages accepted so far.
    var accepted = 0
    var phase = Phase.idle
    var isRefused = false
    var partners: [PartyID]
    var touched = false
  }

  /// What the store said of a submission, under the world's number of the gateway that was asked.
  struct Outcome: Sendable {
    var dossier: Int
    var gateway: Int
    var id: MessageID?
  }

  /// Where completions are left for the world.
  final class Inbox: Sendable {
    private let state = Mutex<[Outcome]>([])
    func put(_ outcome: Outcome) { state.withLock { $0.append(outcome) } }
    func takeAll() -> [Outcome] {
      state.withLock { outcomes in
        defer { outcomes = [] }
        return outcomes
      }
    }
  }

  private var dossiers: [Dossier]
  private let inbox = Inbox()
  private(set) var acceptedIDs: [MessageID] = []
  private var lastID: UInt64 = 0

  init(dossiers count: Int, partners: [PartyID]) {
    dossiers = (0..<count).map { number in
      Dossier(
        code: DossierCode("D\(number)"),
        partners: partners.enumerated().filter { number & (1 << ($0.offset % 3)) != 0 || number % 7 == $0.offset % 7 }
          .map(\.element))
    }
    for index in dossiers.indices where dossiers[index].partners.isEmpty { dossiers[index].partners = [partners[0]] }
  }

  /// Submits the next message of one dossier, or the same again if it was not answered well.
  mutating func lodge(
    _ random: inout SeededGenerator, into store: SQLDossierStore, gateway: Int, at now: Timestamp,
    onlyAgain: Bool = false
  ) {
    let index = random.number(below: dossiers.count)
    switch dossiers[index].phase {
    case .submitted: return
    case .idle:
      guard !onlyAgain else { return }
      dossiers[index].isRefused = random.happens(0.02)
    case .unanswered: break
    }
    submit(index, &random, into: store, gateway: gateway, at: now)
  }

  /// Submits again everything that was not answered well.
  mutating func lodgeAgain(
    _ random: inout SeededGenerator, into store: SQLDossierStore, gateway: Int, at now: Timestamp
  ) {
    for index in dossiers.indices where dossiers[index].phase == .unanswered {
      submit(index, &random, into: store, gateway: gateway, at: now)
    }
  }

  private mutating func submit(
    _ index: Int, _ random: inout SeededGenerator, into store: SQLDossierStore, gateway: Int, at now: Timestamp
  ) {
    dossiers[index].phase = .submitted
    dossiers[index].touched = true
    let dossier = dossiers[index]
    let errand = Errand(dossier: dossier.code.text, ordinal: dossier.accepted, isRefused: dossier.isRefused)
    lastID += 1
    let id = MessageID(UUIDv7(milliseconds: now.milliseconds, randomA: 0, randomB: lastID))
    let record = MessageRecord(
      envelope: Envelope(
        id: id, sender: "sender", type: PartnerAnswers.type, receivedAt: now, digest: MessageDigest(of: errand.bytes),
        key: MessageKey("\(errand.dossier) \(errand.ordinal)")),
      fields: DossierFields(code: dossier.code), body: errand.bytes,
      deliveries: dossier.partners.map {
        NewDelivery(destination: $0, type: PartnerAnswers.type, payload: errand.bytes)
      })
    store.record([record]) { [inbox] result in
      var accepted: MessageID?
      if case .success(.recorded(let recorded)) = result { accepted = recorded.first?.receipt.id }
      inbox.put(Outcome(dossier: index, gateway: gateway, id: accepted))
    }
  }

  /// Takes notice of what the store has answered since.
  mutating func read(gateway: Int) {
    for outcome in inbox.takeAll() where outcome.gateway == gateway {
      if let id = outcome.id {
        dossiers[outcome.dossier].accepted += 1
        dossiers[outcome.dossier].phase = .idle
        acceptedIDs.append(id)
      } else {
        dossiers[outcome.dossier].phase = .unanswered
      }
    }
  }

  /// The gateway is gone: whoever waited for it has no answer.
  mutating func gatewayDied() {
    for index in dossiers.indices where dossiers[index].phase == .submitted { dossiers[index].phase = .unanswered }
  }

  var isSettled: Bool { dossiers.allSatisfy { $0.phase == .idle } }

  /// What each partner must have had by now, by dossier.
  func expected(of partner: PartyID) -> [String: Int] {
    var expected: [String: Int] = [:]
    for dossier in dossiers where dossier.accepted > 0 && dossier.partners.contains(partner) {
      expected[dossier.code.text] = dossier.accepted
    }
    return expected
  }

  /// The dossiers something happened to since this was asked last.
  mutating func takeTouched() -> [DossierCode] {
    var touched: [DossierCode] = []
    for index in dossiers.indices where dossiers[index].touched {
      dossiers[index].touched = false
      touched.append(dossiers[index].code)
    }
    return touched
  }
}
