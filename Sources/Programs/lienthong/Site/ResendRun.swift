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

  init(message: String, _ arguments: Arguments) throws(CommandFailure) {
    guard let message = MessageID(message) else { throw .unusable("'\(message)' is no message's id") }
    guard let party = arguments.value("--to") else { throw .unusable("say to whom with --to PARTY") }
    self.arguments = arguments
    self.message = message
    destination = PartyID(party)
    signature = try OperatorSignature(arguments)
  }

  init(delivery word: String, _ arguments: Arguments) throws(CommandFailure) {
    guard let number = Int64(word), number > 0 else { throw .unusable("DELIVERY is the number of a delivery") }
    self.arguments = arguments
    signature = try OperatorSignature(arguments)
    let reader = try SiteStore.open(arguments)
    let found = try SiteStore.look { () throws(StoreError) in try reader.standing(of: DeliveryID(number)) }
    guard let standing = found else { throw .unusable("there is no delivery \(number) here") }
    message = standing.message
    destination = standing.delivery.destination
  }

  func run() throws(CommandFailure) -> ExitCode {
    let reader = try SiteStore.open(arguments)
    let stored = try SiteStore.look { () throws(StoreError) in try reader.message(message) }
    if let pruning = stored?.pruning {
      Terminal.complain(PruningText.sentence(for: message, pruning))
      return .negative
    }
    let anew = arguments.has("--translate") ? try translated() : nil
    let desk = try SiteStore.openDesk(arguments)
    let order = ResendOrder(
      message, to: destination, payload: anew?.payload, note: anew?.note, actor: signature.actor,
      reason: signature.reason, at: SystemTimeSource().now())
    let outcome = try SiteStore.look { () throws(StoreError) in try desk.resend(order) }
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
        Terminal.print("delivery \(delivery) to \(destination) is \(state.rawValue)")
      }
      return .success
    case .noDelivery:
      Terminal.complain("the message \(message) never had a delivery to '\(destination)'")
    case .stillOpen(let delivery, let state):
      Terminal.complain(
        "its delivery \(delivery) is \(state.rawValue) and not done yet; `queue release` or `queue flush` moves it")
    case .noBytes:
      Terminal.complain("it never had bytes: it could not be translated; with --translate they are made anew")
    case .pruned:
      Terminal.complain("its bytes have just been removed by the site's `retention`; it cannot be sent again")
    }
    return .negative
  }

  /// The recipient's document, made by the site's mappings as they are now.
  private func translated() throws(CommandFailure) -> NewDelivery {
    let site = try SiteFiles.read(arguments.value("--site") ?? SiteStore.defaultSite)
    let reader = try SiteStore.open(arguments)
    let retranslation: Retranslation
    do throws(SiteErrors) {
      retranslation = try SitePlan(site).retranslation(over: reader)
    } catch {
      throw .unusable("the site cannot be used:\n" + error.description)
    }
    let stored = try SiteStore.look { () throws(StoreError) in try reader.message(message) }
    guard let type = stored?.deliveries.last(where: { $0.destination == destination })?.type else {
      throw .unusable("the message \(message) never had a delivery to '\(destination)'")
    }
    let delivery = try SiteStore.look { () throws(StoreError) in
      try retranslation.delivery(of: message, for: destination, type: type)
    }
    guard let delivery else {
      throw .unusable(
        "the site makes no \(type) for '\(destination)' of it now; `map run` on `message show --body` tells why")
    }
    return delivery
  }
}
