/// The order in which the canonical schema wants the children of an element; a test holds it to the schema.
package enum CanonicalOrder {
  static let dossier = [
    "code", "nationalCode", "procedure", "field", "receiptNumber", "channel", "owner", "summary", "receivedAt",
    "submittedAt", "appointedAt", "finishedAt", "returnedAt", "refusedAt", "closedAt", "status", "resultReturn", "unit",
    "agency", "approval", "note", "attachment", "fee", "otherPaper", "supplement", "result", "source", "digitised",
    "accountVerified", "onlinePayment", "usedDatabase", "receivedBy", "sender", "recipient", "officialDocument", "land",
    "delivery", "externalId", "applicant", "eForm", "registration", "recordRequest", "payment",
  ]
  static let progress = [
    "code", "nationalCode", "externalId", "procedure", "unit", "agency", "sender", "recipient", "officialDocument",
    "entry",
  ]
  static let entry = [
    "handler", "title", "at", "department", "content", "status", "startedAt", "dueAt", "passedTo", "newAppointedAt",
    "clockStopped", "attachment", "taxNotice", "note", "office", "previousAppointedAt", "supplementDueAt", "fee",
    "result",
  ]

  /// The order of an element's children by its name; empty for one that is not put together here.
  package static func children(of element: String) -> [String] {
    switch element {
    case "dossier": dossier
    case "progress": progress
    case "entry": entry
    default: []
    }
  }
}
