package import DossierModel
package import ServiceKit

/// What can be looked up in a store: only what is committed, without stopping its writer.
package protocol DossierReader: Sendable {
  func message(_ id: MessageID) throws(StoreError) -> StoredMessage?
  func body(of id: MessageID) throws(StoreError) -> [UInt8]?
  /// The latest message about a dossier that `party` sent; nil when it sent none.
  func latestMessage(of dossier: DossierCode, from party: PartyID) throws(StoreError) -> StoredMessage?
  /// The bytes of the latest message about a dossier among these types, whoever sent it; nil when there is none.
  func latestBody(of dossier: DossierCode, types: Set<String>) throws(StoreError) -> (
    type: String, sender: PartyID, body: [UInt8]
  )?
  /// The whole story of a dossier, oldest first. With `visibleTo`, only what that party sent or receives.
  func timeline(of dossier: DossierCode, visibleTo party: PartyID?) throws(StoreError) -> DossierTimeline?
  /// At most `limit` of the messages that the filter wants, from `cursor` on, oldest first.
  func messages(_ filter: MessageFilter, from cursor: MessagePage.Cursor, limit: Int) throws(StoreError) -> MessagePage
  /// Dossiers by their latest message, newest first.
  func dossiers(limit: Int) throws(StoreError) -> [DossierSummary]
  /// What statistics need of messages, dossier by dossier and of each the oldest first: at most `limit` of them behind a place.
  /// `portal`: the party whose deliveries tell whether a message is on the portal; nil: none is.
  func caseMessages(
    after place: CasePage.Place, portal: PartyID?, limit: Int
  ) throws(StoreError) -> CasePage
  /// The same of the first messages of one dossier, without whether they are on the portal.
  func caseMessages(of dossier: DossierCode, limit: Int) throws(StoreError) -> [CaseMessage]
  /// How many deliveries are in which state, by destination.
  func queue() throws(StoreError) -> [QueueRow]
  /// How old what waits is, by destination: for each of the ascending `bounds`, in whole minutes, how many are younger
  /// than it and not younger than the one before.
  func queueAges(minutes bounds: [Int], at now: Timestamp) throws(StoreError) -> [QueueAges]
  /// One delivery and what stands before it; nil when there is none with this number.
  func standing(of delivery: DeliveryID) throws(StoreError) -> DeliveryStanding?
  /// Where all that is ready for a destination stands: what many would be asked about one by one.
  func places(towards destination: PartyID) throws(StoreError) -> QueuePlaces
  /// At most `limit` of the open deliveries that are meant, in order of creation.
  func standings(_ selection: DeliverySelection, limit: Int) throws(StoreError) -> [DeliveryStanding]
  /// What waits for an operator, the largest group first; of one destination or of all.
  func failureGroups(of destination: PartyID?) throws(StoreError) -> [FailureGroup]
  /// Deliveries that wait for their translation, in order of creation, behind `delivery`.
  func heldOutputs(after delivery: DeliveryID?, limit: Int) throws(StoreError) -> [HeldOutput]
  /// The parties that may have a file because a message names it: its senders and the recipients of deliveries that name
  /// it. Empty if no message does. `sha256` is in hexadecimal.
  func parties(namingFile sha256: String) throws(StoreError) -> Set<PartyID>
  /// What waits for an agency that pulls, or was handed out to it and is not acknowledged yet, in order of creation; of each
  /// dossier the oldest. Looking changes nothing.
  func inbox(of party: PartyID, _ filter: InboxFilter) throws(StoreError) -> [InboxEntry]
  /// How much of these types waits in an inbox.
  func inboxCount(of party: PartyID, types: Set<String>) throws(StoreError) -> Int
  /// What was tried to deliver a message, by delivery and attempt.
  func attempts(of id: MessageID) throws(StoreError) -> [StoredAttempt]
  /// A partner's answer as it came, up to the limit at which answers are kept; nil without such an attempt.
  func answer(to attempt: Int, of delivery: DeliveryID, in id: MessageID) throws(StoreError) -> [UInt8]?
  /// The bytes for the recipient; nil when the message has no such delivery.
  func payload(of delivery: DeliveryID, in id: MessageID) throws(StoreError) -> [UInt8]?
  /// Types of messages that have bytes, in the order of their names; some may have none that is due.
  func prunableTypes() throws(StoreError) -> [String]
  /// The next messages of a type that came before `horizon`, oldest first, and whether each is due to be pruned: at most
  /// `PruneOrder.stretchLimit`.
  func prunable(
    _ type: String, before horizon: Timestamp, after place: PrunePage.Place
  ) throws(StoreError) -> PrunePage
  /// Whether bytes of pruned messages are still to be removed.
  func hasErasures() throws(StoreError) -> Bool
  /// When the earliest claimable delivery of a destination is due; nil when none is.
  func nextDue(for destination: PartyID) throws(StoreError) -> Timestamp?
}
