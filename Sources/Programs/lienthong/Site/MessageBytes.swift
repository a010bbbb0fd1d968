import DocumentKit
import DossierModel
import DossierStore

/// Which bytes of a message `lienthong message show` prints instead of what is kept about it.
enum MessageBytes {
  /// As received.
  case body
  /// As sent to a recipient.
  case payload(DeliveryID)
  /// A partner's answer, as it came.
  case answer(DeliveryID, attempt: Int)

  /// nil when none are asked for.
  init?(_ arguments: Arguments) throws(CommandFailure) {
    let payload = arguments.value("--payload")
    let answer = arguments.value("--answer")
    guard [arguments.has("--body"), payload != nil, answer != nil].count(where: \.self) <= 1 else {
      throw .unusable(
        Sentence(
          "--body, --payload and --answer exclude each other", "--body, --payload và --answer không đi cùng nhau"))
    }
    if arguments.has("--body") {
      self = .body
    } else if let payload {
      guard let number = Int64(payload), number > 0 else {
        throw .unusable(
          Sentence(
            "--payload wants the number of a delivery, as `message attempts` shows it",
            "--payload cần số của một lượt giao, như `message attempts` cho thấy"))
      }
      self = .payload(DeliveryID(number))
    } else if let answer {
      let parts = answer.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, let number = Int64(parts[0]), number > 0, let attempt = Int(parts[1]), attempt > 0 else {
        throw .unusable(
          Sentence(
            "--answer wants DELIVERY.ATTEMPT, as `message attempts` shows it",
            "--answer cần LƯỢT_GIAO.LẦN_THỬ, như `message attempts` cho thấy"))
      }
      self = .answer(DeliveryID(number), attempt: attempt)
    } else {
      return nil
    }
  }

  func read(from reader: any DossierReader, of id: MessageID) throws(StoreError) -> [UInt8]? {
    switch self {
    case .body: try reader.body(of: id)
    case .payload(let delivery): try reader.payload(of: delivery, in: id)
    case .answer(let delivery, let attempt): try reader.answer(to: attempt, of: delivery, in: id)
    }
  }

  func missing(_ id: MessageID) -> Sentence {
    switch self {
    case .body: Sentence("there is no message \(id) here", "ở đây không có bản tin \(id)")
    case .payload(let delivery):
      Sentence(
        "the message \(id) has no delivery \(delivery) here", "bản tin \(id) không có lượt giao \(delivery) ở đây")
    case .answer(let delivery, let attempt):
      Sentence(
        "the message \(id) has no attempt \(attempt) of a delivery \(delivery) here",
        "bản tin \(id) không có lần thử \(attempt) của lượt giao \(delivery) ở đây")
    }
  }
}
