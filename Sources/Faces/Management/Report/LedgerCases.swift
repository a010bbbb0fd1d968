package import DossierModel
package import DossierStore
import ServiceKit
import Statistics

/// Makes one case for statistics of the messages that the ledger has of each dossier.
///
/// What is said last holds, and a message that does not say something leaves what was said before. The agency is the unit that
/// the dossier names, or its sender where it names none. A status counts from the moment that its message says (ngày tiếp nhận, of one
/// that is accepted), or from when that came; of several steps in one message the ledger keeps the last.
///
/// Of a dossier that the gateway conducts, an agency's word is about its step and counts for nothing here: what became of the
/// whole is what the procedure's history says, as is that an appointment was given. Statistics and surveys are of no dossier and count for nothing.
package struct LedgerCases {
  private let reader: any DossierReader
  private let portal: PartyID?
  private var place: CasePage.Place? = .start
  /// Messages that were looked up and not taken yet, the next one last.
  private var waiting: [CaseMessage] = []
  /// Of the procedures of the latest look-up.
  private var conducted: [DossierCode: [CasePage.ConductedWord]] = [:]
  /// Messages of one look-up.
  private static let pageSize = 2_000

  /// - Parameter portal: the party whose deliveries tell whether a dossier is on the portal; nil: none is.
  package init(_ reader: any DossierReader, portal: PartyID?) {
    self.reader = reader
    self.portal = portal
  }

  /// Gives every dossier that is still to come to `body`, in the order of their codes.
  package mutating func forEach(_ body: (LedgerCase) -> Void) throws(StoreError) {
    while let one = try next() { body(one) }
  }

  /// The next dossier, in the order of their codes, byte by byte; nil behind the last.
  package mutating func next() throws(StoreError) -> LedgerCase? {
    while let first = try message() {
      var messages = [first]
      while let message = try message() {
        guard message.dossier == first.dossier else {
          waiting.append(message)
          break
        }
        messages.append(message)
      }
      if let one = Self.case(of: messages, conducted: conducted[first.dossier] ?? []) { return one }
    }
    return nil
  }

  /// What messages of one dossier, oldest first, and its procedure say of it; nil where nobody speaks of the dossier itself.
  package static func `case`(
    of messages: [CaseMessage], conducted: [CasePage.ConductedWord] = []
  ) -> LedgerCase? {
    let messages = messages.filter { !$0.facts.marks.contains(.ofNoDossier) }
    guard let first = messages.first(where: { !$0.isOfStep }) else { return nil }
    var one = begun(by: first)
    for message in messages where !message.isOfStep { add(message, to: &one.facts) }
    // What an agency issues in its step is issued for the dossier.
    let ofSteps = messages.filter(\.isOfStep).map(\.facts.marks)
    for marks in ofSteps { one.facts.marks.formUnion(marks.intersection([.result, .electronicResult])) }
    let mayHaveResult = ofSteps.isEmpty || ofSteps.contains { !$0.contains(.noPlaceForResults) }
    one.facts.isSynchronised = messages.contains(where: \.isSynchronised)
    let appointed = messages.filter { $0.isOfStep && $0.appointedAt != nil }
    for word in conducted {
      // What the procedure told of an appointment is what an agency had given by then.
      if [.informAccepted, .informAppointed].contains(ProcedureWord(rawValue: word.word)),
        let given = appointed.last(where: { $0.receivedAt <= word.at })
      {
        one.facts.appointedAt = given.appointedAt
      }
      let isOnItsWay = one.facts.statuses.last?.status == .completed
      guard let status = ProcedureWord(rawValue: word.word)?.status(isOnItsWay: isOnItsWay) else { continue }
      one.facts.statuses.append(
        DossierCase.StatusChange(status, at: word.at, isTold: true, mayHaveResult: mayHaveResult))
    }
    return one
  }

  private mutating func message() throws(StoreError) -> CaseMessage? {
    while waiting.isEmpty, let from = place {
      let page = try reader.caseMessages(after: from, portal: portal, limit: Self.pageSize)
      waiting = page.messages.reversed()
      conducted = page.conducted
      place = page.next
    }
    return waiting.popLast()
  }

  private static func begun(by message: CaseMessage) -> LedgerCase {
    LedgerCase(
      dossier: message.dossier, sender: message.sender,
      facts: DossierCase(
        agency: message.sender.text, receivedAt: message.facts.takenAt ?? message.receivedAt))
  }

  private static func add(_ message: CaseMessage, to one: inout DossierCase) {
    let facts = message.facts
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
    if let status = message.status.flatMap(DossierStatus.init(official:)) {
      // Ngày tiếp nhận is when a dossier was accepted; one that is registered was so by then.
      let taken = status == .accepted || status == .registered ? facts.takenAt : nil
      let told = facts.reachedAt ?? taken
      let mayHaveResult = !facts.marks.contains(.noPlaceForResults)
      guard one.statuses.last?.status == status else {
        let at = told ?? message.receivedAt
        return one.statuses.append(
          DossierCase.StatusChange(status, at: at, isTold: told != nil, mayHaveResult: mayHaveResult))
      }
      if mayHaveResult { one.statuses[one.statuses.count - 1].mayHaveResult = true }
    }
  }
}
