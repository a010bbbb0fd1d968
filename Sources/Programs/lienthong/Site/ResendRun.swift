import DocumentKit
import DossierModel
import DossierStore
import Gateway
import JSONKit
import Management
import ServiceKit

/// `lienthong message resend` and `queue requeue`: a message goes to one of its recipients once more.
struct ResendRun {
  private let arguments: Arguments
  private let message: MessageID
  private let destination: PartyID
  private let signature: OperatorSignature
  private let language: Language

  init(message word: String, _ arguments: Arguments, in language: Language) throws(CommandFailure) {
    guard let message = MessageID(word) else {
      throw .unusable(Sentence("'\(word)' is no message's id", "'\(word)' không phải là mã bản tin"))
    }
    guard let party = arguments.value("--to") else {
      throw .unusable(Sentence("say to whom with --to PARTY", "hãy nói gửi cho ai bằng --to BÊN"))
    }
    self.language = language
    self.arguments = arguments
    self.message = message
    destination = PartyID(party)
    signature = try OperatorSignature(arguments)
  }

  init(delivery word: String, _ arguments: Arguments, in language: Language) throws(CommandFailure) {
    guard let number = Int64(word), number > 0 else {
      throw .unusable(
        Sentence("DELIVERY is the number of a delivery", "LƯỢT_GIAO phải là số của một lượt giao"))
    }
    self.language = language
    self.arguments = arguments
    signature = try OperatorSignature(arguments)
    let reader = try SiteStore.open(arguments)
    let found = try SiteStore.look { () throws(StoreError) in try reader.standing(of: DeliveryID(number)) }
    guard let standing = found else {
      throw .unusable(Sentence("there is no delivery \(number) here", "ở đây không có lượt giao \(number)"))
    }
    message = standing.message
    destination = standing.delivery.destination
  }

  func run() throws(CommandFailure) -> ExitCode {
    let reader = try SiteStore.open(arguments)
    let stored = try SiteStore.look { () throws(StoreError) in try reader.message(message) }
    if let pruning = stored?.pruning {
      Terminal.complain(PruningText.sentence(for: message, pruning), in: language)
      return .negative
    }
    let anew = arguments.has("--translate") ? try translated() : nil
    let desk = try SiteStore.openDesk(arguments)
    let order = ResendOrder(
      message, to: destination, payload: anew?.payload, note: anew?.note, actor: signature.actor,
      reason: signature.reason, at: SystemTimeSource().now())
    let outcome = try SiteStore.look { () throws(StoreError) in try desk.resend(order) }
    let refusal: Sentence
    switch outcome {
    case .queued(let delivery, let state):
      if arguments.has("--json") {
        Terminal.printJSON { writer in
          writer.beginObject()
          writer.name("delivery")
          writer.string(delivery.description)
          writer.name("state")
          writer.string(state.rawValue)
          writer.endObject()
        }
      } else {
        Terminal.print(
          Sentence(
            "delivery \(delivery) to \(destination) is \(state.rawValue)",
            "lượt giao \(delivery) tới \(destination) ở trạng thái \(state.rawValue)"), in: language)
      }
      return .success
    case .noDelivery:
      refusal = noDelivery
    case .stillOpen(let delivery, let state):
      refusal = Sentence(
        "its delivery \(delivery) is \(state.rawValue) and not done yet; `queue release` or `queue flush` moves it",
        "lượt giao \(delivery) của bản tin ở trạng thái \(state.rawValue) và chưa xong; `queue release` hoặc `queue flush` cho đi tiếp"
      )
    case .noBytes:
      refusal = Sentence(
        "it never had bytes: it could not be translated; with --translate they are made anew",
        "lượt này chưa từng có nội dung vì không dịch được; với --translate nội dung được tạo mới")
    case .pruned:
      refusal = Sentence(
        "its bytes have just been removed by the site's `retention`; it cannot be sent again",
        "nội dung của bản tin vừa bị xóa theo `retention` của trục; không gửi lại được nữa")
    }
    Terminal.complain(refusal, in: language)
    return .negative
  }

  private var noDelivery: Sentence {
    Sentence(
      "the message \(message) never had a delivery to '\(destination)'",
      "bản tin \(message) chưa từng có lượt giao tới '\(destination)'")
  }

  /// The recipient's document, made by the site's mappings as they are now.
  private func translated() throws(CommandFailure) -> NewDelivery {
    let site = try SiteFiles.read(arguments.value("--site") ?? SiteStore.defaultSite)
    let reader = try SiteStore.open(arguments)
    let retranslation: Retranslation
    do throws(SiteErrors) {
      retranslation = try SitePlan(site).retranslation(over: reader)
    } catch {
      throw .unusable(Sentence("the site cannot be used:\n", "không dùng được trục:\n") + error.sentences)
    }
    let stored = try SiteStore.look { () throws(StoreError) in try reader.message(message) }
    guard let type = stored?.deliveries.last(where: { $0.destination == destination })?.type else {
      throw .unusable(noDelivery)
    }
    let delivery = try SiteStore.look { () throws(StoreError) in
      try retranslation.delivery(of: message, for: destination, type: type)
    }
    guard let delivery else {
      throw .unusable(
        Sentence(
          "the site makes no \(type) for '\(destination)' of it now; `map run` on `message show --body` tells why",
          "bây giờ trục không tạo \(type) cho '\(destination)' từ bản tin này; `map run` với `message show --body` cho biết vì sao"
        ))
    }
    return delivery
  }
}
