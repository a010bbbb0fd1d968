package import DocumentKit
import DossierModel
package import DossierStore
package import ServiceKit

/// Answers "why is this not sent?" in one sentence: what stands in the way, and what would move it.
package enum DeliveryReason {
  /// - Parameter closedUntil: when the destination takes something again by its hours; nil if it does now, or if that is
  ///   not known.
  package static func sentence(
    for standing: DeliveryStanding, at now: Timestamp, closedUntil: Timestamp? = nil
  ) -> Sentence {
    let (delivery, dossier) = (standing.delivery, standing.dossier)
    let reason =
      Sentence(
        "Delivery \(delivery.id) (\(dossier) to \(delivery.destination)) ",
        "Lượt giao \(delivery.id) (\(dossier) tới \(delivery.destination)) ") + predicate(of: standing, at: now)
    guard let closedUntil, delivery.state.isClaimable else { return reason }
    let opening = closedUntil.rfc3339(offset: .vietnam, fraction: .none)
    return reason
      + Sentence(
        "; \(delivery.destination) takes nothing before \(opening) by its hours",
        "; \(delivery.destination) không nhận gì trước \(opening) theo giờ của bên đó")
  }

  private static func predicate(of standing: DeliveryStanding, at now: Timestamp) -> Sentence {
    let delivery = standing.delivery
    let (attempts, destination, id) = (delivery.attempts, delivery.destination, delivery.id)
    let detail = detail(of: delivery, at: now)
    switch delivery.state {
    case .waiting:
      guard let earlier = standing.predecessor else { return Sentence("is about to become ready", "sắp sẵn sàng") }
      let state = earlier.state.rawValue
      return Sentence(
        "waits for delivery \(earlier.id) of the same dossier, which is \(state)",
        "chờ lượt giao \(earlier.id) của cùng hồ sơ, đang ở trạng thái \(state)") + self.detail(of: earlier, at: now)
    case .ready: return Sentence("is ready and ", "đã sẵn sàng và ") + place(standing.place, towards: destination)
    case .inFlight: return Sentence("is being sent now, attempt \(attempts)", "đang được gửi, lần thử \(attempts)")
    case .awaitingReceipt:
      return Sentence(
        "was fetched by \(destination), which has not acknowledged it yet",
        "đã được \(destination) lấy về, nhưng bên đó chưa xác nhận")
    case .deferred:
      return Sentence(
        "is tried again later: attempt \(attempts) failed", "sẽ được thử lại sau: lần thử \(attempts) không thành công")
        + detail
    case .unknown:
      return Sentence(
        "left at attempt \(attempts) and no answer came: it is asked about, or sent again with the same key",
        "đã gửi ở lần thử \(attempts) mà không có câu trả lời: trục sẽ hỏi, hoặc gửi lại với cùng khóa") + detail
    case .held:
      return Sentence("is held", "đang bị giữ") + detail
        + Sentence(
          "; `queue release --delivery \(id)` lets it go, or has it written again if a procedure owes it",
          "; `queue release --delivery \(id)` cho đi tiếp, hoặc cho ghi lại nếu một quy trình còn phải gửi")
    case .dead:
      return Sentence("was given up after \(attempts) attempt(s)", "đã bị bỏ sau \(attempts) lần thử") + detail
        + Sentence(
          "; `queue release --delivery \(id)` sends it again, `queue cancel` gives way to later ones",
          "; `queue release --delivery \(id)` gửi lại, `queue cancel` nhường cho các lượt sau")
    case .delivered: return Sentence("is delivered", "đã giao xong")
    case .refused:
      return Sentence("is done: \(destination) said no for good", "đã kết thúc: \(destination) từ chối hẳn") + detail
    case .superseded:
      return Sentence(
        "is done: a later message made it pointless, as its route declares",
        "đã kết thúc: một bản tin sau khiến lượt này không cần nữa, như tuyến đã khai báo") + detail
    case .cancelled: return Sentence("was cancelled", "đã bị hủy") + detail
    }
  }

  private static func place(_ place: QueuePlace?, towards destination: PartyID) -> Sentence {
    let ahead = place?.ahead ?? 0
    let isCounted = ahead < QueuePlace.countLimit
    var text =
      ahead > 0
      ? Sentence(
        "\(isCounted ? "" : "more than ")\(ahead) go before it towards \(destination)",
        "còn \(isCounted ? "" : "hơn ")\(ahead) lượt đi trước tới \(destination)")
      : Sentence(
        "next: it waits for a free place towards \(destination), or for \(destination) to fetch it",
        "là lượt kế tiếp: chờ có chỗ gửi tới \(destination), hoặc chờ \(destination) tới lấy")
    if let place, place.failed > 0 {
      text =
        text
        + Sentence(
          "; \(place.failed) others failed there and are tried again",
          "; \(place.failed) lượt khác tới đó không thành công và sẽ được thử lại")
      if let failure = place.failure?.rawValue {
        text = text + Sentence(", most for \(failure)", ", phần lớn vì \(failure)")
      }
    }
    return text
  }

  /// The last failure, the note and the next attempt, as far as there are any.
  private static func detail(of delivery: StoredDelivery, at now: Timestamp) -> Sentence {
    var parts: [Sentence] = []
    if let failure = delivery.lastFailure { parts.append(Sentence(same: failure.rawValue)) }
    if let note = delivery.note { parts.append(Sentence(same: note)) }
    if let due = delivery.due {
      parts.append(
        due <= now
          ? Sentence("due now", "đến lúc gửi")
          : Sentence(
            "next attempt in \(Ages.short(due - now))",
            "lần thử tiếp theo sau \(Ages.short(due - now, in: .vietnamese))"))
    }
    guard var text = parts.first else { return .none }
    for part in parts.dropFirst() { text = text + Sentence(same: "; ") + part }
    return Sentence(same: " (") + text + Sentence(same: ")")
  }
}
