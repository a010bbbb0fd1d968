import DocumentKit
import DossierModel
import DossierStore
import JSONKit
import Management
import ServiceKit

/// `lienthong queue hold|release|cancel|flush`: an operator's order, carried out page by page and told delivery by delivery.
struct QueueOrder {
  private let arguments: Arguments
  private let action: OperatorOrder.Action
  private let selection: DeliverySelection
  private let actor: String
  private let reason: String
  private let language: Language

  /// `selection`: what is meant, where it is not said by options.
  init(
    _ action: OperatorOrder.Action, _ arguments: Arguments, selection: DeliverySelection? = nil, in language: Language
  ) throws(CommandFailure) {
    self.action = action
    self.language = language
    self.arguments = arguments
    self.selection = if let selection { selection } else { try Self.selection(arguments) }
    let signature = try OperatorSignature(arguments)
    reason = signature.reason
    actor = signature.actor
  }

  func run() throws(CommandFailure) -> ExitCode {
    let desk = try SiteStore.openDesk(arguments)
    var selection = selection
    var changed = 0
    var unchanged = 0
    var writer = JSONWriter()
    writer.beginArray()
    repeat {
      let order = OperatorOrder(action, selection, actor: actor, reason: reason, at: SystemTimeSource().now())
      let report = try SiteStore.look { () throws(StoreError) in try desk.carryOut(order) }
      for item in report.items {
        switch item.result {
        case .moved, .toBeWritten: changed += 1
        case .notApplicable, .untranslated: unchanged += 1
        }
        if arguments.has("--json") {
          StoredDocument.write(item, to: &writer)
        } else {
          Terminal.print(line(item))
        }
      }
      selection.after = report.next
    } while selection.after != nil
    writer.endArray()
    if arguments.has("--json") {
      Terminal.print(bytes: writer.finish() + [UInt8(ascii: "\n")])
    } else {
      Terminal.print(
        Sentence(
          "\(changed) changed, \(unchanged) left as they are.", "\(changed) đã đổi, \(unchanged) giữ nguyên."),
        in: language)
    }
    return changed > 0 && unchanged == 0 ? .success : .negative
  }

  private func line(_ item: OperatorReport.Item) -> String {
    let what =
      switch item.result {
      case .moved(let state): Sentence(same: "\(item.state.rawValue) -> \(state.rawValue)")
      case .notApplicable:
        Sentence(
          "left \(item.state.rawValue): the order does not apply to this state",
          "giữ nguyên \(item.state.rawValue): lệnh này không áp dụng cho trạng thái đó")
      case .untranslated:
        Sentence(
          "left held: a code had no counterpart when its message came, so there is nothing to send; cancel it, or have the "
            + "message sent again once the code table is complete",
          "giữ nguyên held: khi bản tin đến, một mã chưa có mã tương ứng nên không có gì để gửi; hãy hủy, hoặc cho gửi lại bản "
            + "tin khi bảng mã đã đủ")
      case .toBeWritten:
        Sentence(
          "held: the gateway writes it again within seconds; `queue why \(item.delivery)` tells what became of it",
          "held: trục sẽ ghi lại trong vài giây; `queue why \(item.delivery)` cho biết kết quả")
      }
    return item.delivery.description.padded(to: 10) + item.destination.text.padded(to: 28)
      + item.dossier.text.padded(to: 28) + what.text(in: language)
  }

  private static func selection(_ arguments: Arguments) throws(CommandFailure) -> DeliverySelection {
    var selection = DeliverySelection()
    if let word = arguments.value("--delivery") {
      guard let number = Int64(word), number > 0 else {
        throw .unusable(Sentence("--delivery is the number of a delivery", "--delivery phải là số của một lượt giao"))
      }
      selection.delivery = DeliveryID(number)
    }
    selection.destination = arguments.value("--destination").map { PartyID($0) }
    selection.dossier = arguments.value("--dossier").map { DossierCode($0) }
    if let word = arguments.value("--state") {
      guard let state = DeliveryState(rawValue: word), !state.releasesSuccessors else {
        let states = "waiting, ready, deferred, unknown, held, dead"
        throw .unusable(Sentence("--state is one of \(states)", "--state phải là một trong \(states)"))
      }
      selection.state = state
    }
    if let word = arguments.value("--failure") {
      guard let failure = FailureClass(rawValue: word) else {
        let known = FailureClass.allCases.map(\.rawValue).joined(separator: ", ")
        throw .unusable(Sentence("--failure is one of \(known)", "--failure phải là một trong \(known)"))
      }
      selection.failure = failure
    }
    guard selection.isEverything == arguments.has("--all") else {
      throw .unusable(
        Sentence(
          "say which deliveries are meant, or --all for everything that waits; --help lists the ways",
          "hãy nói những lượt giao nào, hoặc --all cho mọi thứ đang chờ; xem các cách ở --help"))
    }
    return selection
  }
}
