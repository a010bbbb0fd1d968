import DossierModel
package import DossierStore
package import ServiceKit

/// Answers "why is this not sent?" in one sentence: what stands in the way, and what would move it.
package enum DeliveryReason {
  /// - Parameter closedUntil: when the destination takes something again by its hours; nil if it does now, or if that is
  ///   not known.
  package static func sentence(
    for standing: DeliveryStanding, at now: Timestamp, closedUntil: Timestamp? = nil
  ) -> String {
    var sentence = sentence(for: standing, at: now)
    if let closedUntil, standing.delivery.state.isClaimable {
      sentence.removeLast()
      sentence +=
        "; \(standing.delivery.destination) takes nothing before \(closedUntil.rfc3339(offset: .vietnam, fraction: .none)) by its hours."
    }
    return sentence
  }

  private static func sentence(for standing: DeliveryStanding, at now: Timestamp) -> String {
    let delivery = standing.delivery
    let what = "Delivery \(delivery.id) (\(standing.dossier) to \(delivery.destination))"
    switch delivery.state {
    case .waiting:
      guard let earlier = standing.predecessor else { return "\(what) is about to become ready." }
      return "\(what) waits for delivery \(earlier.id) of the same dossier, which is \(earlier.state.rawValue)"
        + detail(of: earlier, at: now) + "."
    case .ready:
      return "\(what) is ready and " + place(standing.place, towards: delivery.destination) + "."
    case .inFlight: return "\(what) is being sent now, attempt \(delivery.attempts)."
    case .awaitingReceipt: return "\(what) was fetched by \(delivery.destination), which has not acknowledged it yet."
    case .deferred:
      return "\(what) is tried again later: attempt \(delivery.attempts) failed" + detail(of: delivery, at: now) + "."
    case .unknown:
      return
        "\(what) left at attempt \(delivery.attempts) and no answer came: it is asked about, or sent again with the same key"
        + detail(of: delivery, at: now) + "."
    case .held:
      return "\(what) is held\(detail(of: delivery, at: now)); `queue release --delivery \(delivery.id)` lets it go, "
        + "or has it written again if a procedure owes it."
    case .dead:
      return "\(what) was given up after \(delivery.attempts) attempt(s)\(detail(of: delivery, at: now)); "
        + "`queue release --delivery \(delivery.id)` sends it again, `queue cancel` gives way to later ones."
    case .delivered: return "\(what) is delivered."
    case .refused: return "\(what) is done: \(delivery.destination) said no for good\(detail(of: delivery, at: now))."
    case .superseded:
      return
        "\(what) is done: a later message made it pointless, as its route declares\(detail(of: delivery, at: now))."
    case .cancelled: return "\(what) was cancelled\(detail(of: delivery, at: now))."
    }
  }

  private static func place(_ place: QueuePlace?, towards destination: PartyID) -> String {
    let ahead = place?.ahead ?? 0
    let count = ahead < QueuePlace.countLimit ? "\(ahead)" : "more than \(ahead)"
    var text =
      ahead > 0
      ? "\(count) go before it towards \(destination)"
      : "next: it waits for a free place towards \(destination), or for \(destination) to fetch it"
    if let place, place.failed > 0 {
      let reason = place.failure.map { ", most for \($0.rawValue)" } ?? ""
      text += "; \(place.failed) others failed there and are tried again\(reason)"
    }
    return text
  }

  /// The last failure, the note and the next attempt, as far as there are any.
  private static func detail(of delivery: StoredDelivery, at now: Timestamp) -> String {
    var parts: [String] = []
    if let failure = delivery.lastFailure { parts.append(failure.rawValue) }
    if let note = delivery.note { parts.append(note) }
    if let due = delivery.due { parts.append(due <= now ? "due now" : "next attempt in \(Ages.short(due - now))") }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: "; ")))"
  }
}
