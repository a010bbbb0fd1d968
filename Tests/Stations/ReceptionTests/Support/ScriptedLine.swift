import DocumentKit
import DossierModel
import JSONKit
import XMLKit

/// A line that takes every message for one recipient and reads only its code; a message with a member or attribute
/// `Sai` is against a rule.
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
    let code = passage.json?["MaHoSo"]?.string ?? passage.root.text
    return MessageRecord(
      envelope: passage.envelope, fields: DossierFields(code: DossierCode(code)), body: passage.body,
      deliveries: [NewDelivery(destination: "noi-nhan", type: passage.type.name, payload: passage.body)])
  }
}
