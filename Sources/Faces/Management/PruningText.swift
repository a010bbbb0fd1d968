package import DocumentKit
package import DossierModel
package import DossierStore
import ServiceKit

/// Tells an operator that a message's bytes are gone: when, by which rule, and what follows.
package enum PruningText {
  package static func sentence(for message: MessageID, _ pruning: Pruning) -> Sentence {
    let time = pruning.at.rfc3339(offset: .vietnam, fraction: .none)
    return Sentence(
      "the bytes of the message \(message) were removed on \(time) by the rule ‘\(pruning.rule)’; what is left is who sent it, "
        + "to whom it went and when; it cannot be sent or translated again",
      "nội dung của bản tin \(message) đã bị xóa lúc \(time) theo quy tắc ‘\(pruning.rule)’; chỉ còn lại ai gửi, gửi tới ai và "
        + "khi nào; không gửi lại hay dịch lại được nữa")
  }
}
