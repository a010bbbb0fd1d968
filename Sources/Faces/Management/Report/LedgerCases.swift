package import DossierModel
package import DossierStore
import ServiceKit
package import Statistics

/// Makes one case for statistics of the messages that the ledger has of each dossier.
///
/// What is said last holds, and a message that does not say something leaves what was said before. The agency is the unit that
/// the dossier names, or its sender where it names none. A status counts from the moment that its message says, or from when
/// that came; of several steps in one message the ledger keeps the last.
package struct LedgerCases {
  private let reader: any DossierReader
  private let portal: PartyID?
  /// Messages of one look-up.
  private static let pageSize = 2_000

  /// - Parameter portal: the party whose deliveries tell whether a dossier is on the portal; nil: none is.
  package init(_ reader: any DossierReader, portal: PartyID?) {
    self.reader = reader
    self.portal = portal
  }

  /// Gives every dossier to `body`, in the order of their codes.
  package func forEach(_ body: (DossierCase) -> Void) throws(StoreError) {
    var place = CasePage.Place.start
    var (current, building): (DossierCode?, DossierCase?) = (nil, nil)
    while true {
      let page = try reader.caseMessages(after: place, portal: portal, limit: Self.pageSize)
      for message in page.messages {
        if message.dossier != current {
          if let building { body(building) }
          (current, building) = (message.dossier, nil)
        }
        building = Self.case(building, message)
      }
      guard let next = page.next else { break }
      place = next
    }
    if let building { body(building) }
  }

  private static func `case`(_ earlier: DossierCase?, _ message: CaseMessage) -> DossierCase {
    let facts = message.facts
    var one = earlier ?? DossierCase(agency: message.sender.text, receivedAt: facts.takenAt ?? message.receivedAt)
    if let unit = facts.unit { one.agency = unit }
    one.level = facts.unitLevel ?? one.level
    one.field = facts.field ?? one.field
    one.procedure = message.procedure ?? one.procedure
    one.channel = facts.channel.flatMap(DossierCase.Channel.init(rawValue:)) ?? one.channel
    one.appointedAt = message.appointedAt ?? one.appointedAt
    one.receivedAt = facts.takenAt ?? one.receivedAt
    // Progress says nothing of these: what a dossier once had it keeps.
    one.marks.formUnion(facts.marks)
    one.isSynchronised = one.isSynchronised || message.isSynchronised
    if let status = message.status.flatMap(DossierCase.Status.init(rawValue:)) {
      let change = DossierCase.StatusChange(status, at: facts.reachedAt ?? message.receivedAt)
      if one.statuses.last?.status != status { one.statuses.append(change) }
    }
    return one
  }
}
