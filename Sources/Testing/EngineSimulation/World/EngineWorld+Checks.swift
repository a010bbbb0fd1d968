import DossierModel
import DossierStore

// The promises, looked at.

extension EngineWorld {
  /// What happened so far, in one line.
  package var summary: String {
    let effects = ledgers.reduce(0) { $0 + $1.effects }
    let requests = ledgers.reduce(0) { $0 + $1.requests }
    return
      "\(steps) steps, \(senders.acceptedIDs.count) messages accepted, \(effects) effects of \(requests) requests, "
      + "\(faults.struck) disk faults, \(crashes) crashes"
  }

  func checkWindows() throws {
    for (partner, count) in network.underWay(partners: Self.partners.count).enumerated() where count > Self.window {
      throw Violation(.windowExceeded, "\(Self.partners[partner]) has \(count) requests at a time")
    }
  }

  func checkEverything() throws {
    for id in senders.acceptedIDs where try store.message(id) == nil {
      throw Violation(.acceptedIsKept, "the store does not know the message \(id)")
    }
    for (partner, ledger) in zip(Self.partners, ledgers) {
      let expected = senders.expected(of: partner)
      guard ledger.next != expected else { continue }
      let wrong = expected.keys.filter { expected[$0] != ledger.next[$0] }.sorted()
      throw Violation(
        .acceptedIsKept, "\(partner) does not have what was accepted about \(wrong.joined(separator: ", "))")
    }
    for dossier in senders.takeTouched() { try checkJournal(of: dossier) }
  }

  /// Every delivery's journal is a walk through the table of legal moves that ends where it stands.
  private func checkJournal(of dossier: DossierCode) throws {
    guard let timeline = try store.timeline(of: dossier, visibleTo: nil) else { return }
    var states: [DeliveryID: DeliveryState] = [:]
    for entry in timeline.entries {
      guard let delivery = entry.delivery, let to = entry.to else { continue }
      if let from = entry.from {
        let allowed = DeliveryEvent(rawValue: entry.event).flatMap { LegalMoves.all[from]?[$0] }
        guard states[delivery] == from, allowed == to else {
          throw Violation(
            .illegalTransition,
            "\(dossier), delivery \(delivery): \(from) → \(to) by \(entry.event) when it was \(String(describing: states[delivery]))"
          )
        }
      }
      states[delivery] = to
    }
    for delivery in timeline.messages.flatMap(\.deliveries) where states[delivery.id] != delivery.state {
      throw Violation(
        .illegalTransition, "\(dossier): delivery \(delivery.id) is \(delivery.state) and its journal says otherwise")
    }
  }
}
