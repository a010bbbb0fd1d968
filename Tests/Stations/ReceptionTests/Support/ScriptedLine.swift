import DocumentKit
import DossierModel
import JSONKit
import XMLKit

/// A line that takes every message for one recipient and reads only its code; a message with a member or attribute
/// `Sai` is against a rule, one with `SaiDich` against a recipient's, whose place the sender cannot see.
struct ScriptedLine: MessageLine {
  static let rule = "thu.sai"

  func process(_ passage: consuming Passage) throws(Refusal) -> MessageRecord {
    if let wrong = passage.json?["Sai"] {
      let place = wrong.position
      throw Refusal(
        .invalid, english: "the message breaks 1 rule", vietnamese: "thông điệp vi phạm 1 quy tắc",
        findings: [
          Finding(
            path: "/Sai", line: place.line, column: place.column, rule: Self.rule,
            messageVietnamese: "không được có trường này", messageEnglish: "this member must not be there")
        ])
    }
    if passage.json?["SaiDich"] != nil {
      throw Refusal(
        .invalid, english: "the recipient's schema is broken", vietnamese: "không đúng lược đồ của nơi nhận",
        findings: [
          Finding(
            path: "/a/b", line: 0, column: 0, rule: Self.rule, messageVietnamese: "nơi nhận không nhận",
            messageEnglish: "the recipient does not take this")
        ])
    }
    let code = passage.json?["MaHoSo"]?.string ?? passage.root.text
    return MessageRecord(
      envelope: passage.envelope, fields: DossierFields(code: DossierCode(code)), body: passage.body,
      deliveries: [NewDelivery(destination: "noi-nhan", type: passage.type.name, payload: passage.body)])
  }
}
