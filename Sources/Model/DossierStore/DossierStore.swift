package import DossierModel
package import ServiceKit

/// Where accepted messages and their deliveries are kept: durable, in order, and with a journal of every change.
///
/// Writes are given with a completion, which is called on a thread of the store once the change is on the disk — never
/// before — or with the error that kept it from getting there. Many writes share one commit. Reads see only what is
/// committed. One conformance suite holds every engine to this text.
package protocol DossierStore: DossierReader, AnyObject {
  /// Records the messages of one request, all or none, in one commit.
  func record(
    _ records: [MessageRecord], then completion: @escaping @Sendable (Result<RecordingOutcome, StoreError>) -> Void)

  /// Writes down how attempts ended and claims new work, in one commit. Settlements of deliveries that this deliverer
  /// no longer holds (another epoch, another state) change nothing.
  func exchange(
    _ exchange: DeliveryExchange,
    then completion: @escaping @Sendable (Result<[ClaimedDelivery], StoreError>) -> Void)

  /// Hands an agency that pulls the oldest deliveries that wait for it; each stays in the inbox until acknowledged.
  func fetchInbox(
    of party: PartyID, limit: Int, at now: Timestamp,
    then completion: @escaping @Sendable (Result<[ClaimedDelivery], StoreError>) -> Void)

  /// One delivery goes to the agency that pulls, which then has to acknowledge it; for doors that hand out one by one what
  /// `inbox` lists. True also when the agency has it already; false when it waits for an earlier one of its dossier, is held,
  /// or was never this party's. Its bytes are read by `payload`.
  func handOut(
    _ delivery: DeliveryID, to party: PartyID, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void)

  /// The agency says no to what it has fetched, for good: the delivery is `refused`. True also when it said so before; false
  /// when it is not in this party's inbox. `note`: one sentence for the operator.
  func decline(
    _ delivery: DeliveryID, by party: PartyID, note: String, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void)

  /// The agency has it. True also when it was acknowledged before; false when it is not in this party's inbox.
  func acknowledge(
    _ delivery: DeliveryID, by party: PartyID, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void)

  /// Does what an operator wants with deliveries, in one commit with its journal.
  func carryOut(
    _ order: OperatorOrder, then completion: @escaping @Sendable (Result<OperatorReport, StoreError>) -> Void)

  /// Sends a message to one of its recipients once more.
  func resend(_ order: ResendOrder, then completion: @escaping @Sendable (Result<ResendOutcome, StoreError>) -> Void)

  /// Gives a held delivery the bytes that could not be made when its message came, and lets it go in its turn. False, and
  /// nothing is changed, if it is not held any more or has bytes already.
  func supply(
    _ supply: Supply, to delivery: DeliveryID, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void)

  /// Removes the bytes of messages that have been kept long enough, or sets them aside where they are many.
  func prune(_ order: PruneOrder, then completion: @escaping @Sendable (Result<PruneReport, StoreError>) -> Void)

  /// Removes at most so many of the bytes that were set aside, in one commit; false when none are left.
  func erase(atMost limit: Int, then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void)

  /// Writes a refusal into the journal: who was turned away and why, without the message.
  func journalRefusal(_ refusal: RefusalRecord)

  /// Calls `observer` after each commit that made deliveries ready, with their destinations.
  func observeReady(_ observer: @escaping @Sendable (Set<PartyID>) -> Void)

  /// The epoch whose claims this gateway may send now. Nil while it has not reached the database for so long that others
  /// may soon take its claims over; claims of another epoch are somebody else's already.
  var epoch: Int64? { get }

  /// This gateway's part of the work, when several gateways live on one store: it changes as they come and go.
  var share: StoreShare { get }

  /// Whether a commit can succeed just now.
  var isWritable: Bool { get }
}
