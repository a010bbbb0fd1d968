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
    var (endings, latestEntry) = ([Part: Timestamp](), Timestamp?.none)
    if Self.isPlainProgress(root) { marks.insert(.plainProgress) }
    for element in root.elements {
      guard let part = Part.named[element.localName] else { continue }
      switch part {
      case .unit:
        unit = element.firstElement(named: "code")?.text ?? element.firstElement(named: "name")?.text
        unitLevel = element.firstElement(named: "level")?.text
      case .field: field = element.firstElement(named: "code")?.text
      case .channel: channel = element.text
      case .receivedAt: takenAt = Self.moment(element)
      case .finishedAt, .returnedAt, .refusedAt, .closedAt: endings[part] = Self.moment(element)
      case .entry:
        latestEntry = element.firstElement(named: "at").flatMap(Self.moment) ?? latestEntry
        for result in element.elements where result.isNamed("result") { marks.formUnion(Self.ofResult(result)) }
      case .digitised: if element.text == "true" { marks.insert(.digitised) }
      case .accountVerified: if element.text == "true" { marks.insert(.verifiedAccount) }
      case .onlinePayment: if ["nationalPortal", "ownGateway"].contains(element.text) { marks.insert(.paidOnline) }
      case .usedDatabase: marks.insert(.usedDatabases)
      case .fee: if Self.isCharged(element) { marks.insert(.fee) }
      case .attachment:
        if element.firstElement(named: "fromCitizenStore")?.text == "true" { marks.insert(.reusedPapers) }
      case .result: marks.formUnion(Self.ofResult(element))
      }
    }
    reachedAt =
      latestEntry ?? endings[.finishedAt] ?? endings[.returnedAt] ?? endings[.refusedAt] ?? endings[.closedAt]
  }

  /// What is looked at of the root's children; found by one look into a table, because most of them are something else.
  private enum Part: String, CaseIterable {
    case unit, field, channel, receivedAt, finishedAt, returnedAt, refusedAt, closedAt, entry
    case digitised, accountVerified, onlinePayment, usedDatabase, fee, attachment, result

    static let named = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
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

  /// An amount is a decimal: without a digit but 0 it is nothing.
  private static func isCharged(_ fee: XMLNode) -> Bool {
    fee.firstElement(named: "amount")?.text.contains { ("1"..."9").contains($0) } == true
  }

  private static func ofResult(_ element: XMLNode) -> ServiceMarks {
    let hasAddress = element.firstElement(named: "url") != nil
    guard hasAddress || element.firstElement(named: "content") != nil else { return [] }
    return hasAddress && element.firstElement(named: "code") != nil ? [.result, .electronicResult] : .result
  }

  private static func moment(_ element: XMLNode) -> Timestamp? { try? Timestamp(rfc3339: element.text) }
}
