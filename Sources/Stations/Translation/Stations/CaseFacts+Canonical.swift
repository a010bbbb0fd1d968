import DocumentKit
import DossierModel
import ServiceKit
import XMLKit

extension CaseFacts {
  /// What the canonical document says, in one walk over the children of its root.
  init(canonical root: XMLNode) {
    self.init()
    if let kind = MessageKind(rawValue: root.localName), !kind.isAboutDossier {
      marks = .ofNoDossier
      return
    }
    var (endings, latestEntry) = ([String: Timestamp](), Timestamp?.none)
    if Self.isPlainProgress(root) { marks.insert(.plainProgress) }
    for element in root.elements {
      switch element.localName {
      case "unit":
        unit = element.firstElement(named: "code")?.text ?? element.firstElement(named: "name")?.text
        unitLevel = element.firstElement(named: "level")?.text
      case "field": field = element.firstElement(named: "code")?.text
      case "channel": channel = element.text
      case "receivedAt": takenAt = Self.moment(element)
      case "finishedAt", "returnedAt", "refusedAt", "closedAt": endings[element.localName] = Self.moment(element)
      case "entry":
        latestEntry = element.firstElement(named: "at").flatMap(Self.moment) ?? latestEntry
        for result in element.elements where result.isNamed("result") { marks.formUnion(Self.marks(result)) }
      default: marks.formUnion(Self.marks(element))
      }
    }
    reachedAt =
      latestEntry ?? endings["finishedAt"] ?? endings["returnedAt"] ?? endings["refusedAt"] ?? endings["closedAt"]
  }

  /// What an entry may have beside its status without telling more than that the dossier is being processed.
  private static let plain: Set<String> = [
    "handler", "title", "at", "department", "content", "startedAt", "passedTo", "note", "office",
  ]

  private static func isPlainProgress(_ root: XMLNode) -> Bool {
    guard root.isNamed("progress") else { return false }
    let entries = root.elements.filter { $0.isNamed("entry") }
    return !entries.isEmpty
      && entries.allSatisfy { entry in
        entry.firstElement(named: "status")?.text == "processing"
          && entry.elements.allSatisfy { $0.isNamed("status") || plain.contains($0.localName) }
      }
  }

  private static func marks(_ element: XMLNode) -> ServiceMarks {
    switch element.localName {
    case "digitised": element.text == "true" ? .digitised : []
    case "accountVerified": element.text == "true" ? .verifiedAccount : []
    case "onlinePayment": ["nationalPortal", "ownGateway"].contains(element.text) ? .paidOnline : []
    case "usedDatabase": .usedDatabases
    // An amount is a decimal: without a digit but 0 it is nothing.
    case "fee": element.firstElement(named: "amount")?.text.contains { ("1"..."9").contains($0) } == true ? .fee : []
    case "attachment": element.firstElement(named: "fromCitizenStore")?.text == "true" ? .reusedPapers : []
    case "result": ofResult(element)
    default: []
    }
  }

  private static func ofResult(_ element: XMLNode) -> ServiceMarks {
    let hasAddress = element.firstElement(named: "url") != nil
    guard hasAddress || element.firstElement(named: "content") != nil else { return [] }
    return hasAddress && element.firstElement(named: "code") != nil ? [.result, .electronicResult] : .result
  }

  private static func moment(_ element: XMLNode) -> Timestamp? { try? Timestamp(rfc3339: element.text) }
}
