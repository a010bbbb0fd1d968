package import DossierModel
package import ServiceKit

/// Where polls keep how far they came: a store to whoever asks partners.
///
/// One gateway at a time is at a poll (`claim`), under its epoch, and what it reports later than others took it for gone
/// changes nothing. Calls with a completion are changes like those of `DossierStore`.
package protocol PollLedger: PollReader, AnyObject {
  /// Begins a round if the poll is due and no gateway that lives is at it; nil otherwise. A poll that was never heard of
  /// is due.
  func claim(
    _ poll: PollID, at now: Timestamp, then completion: @escaping @Sendable (Result<PollLease?, StoreError>) -> Void)

  /// Writes down what a round has come to. False, and nothing is changed, when the lease is not this gateway's any more.
  func report(_ report: PollReport, then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void)

  /// An item that was to go down the line again did, or is refused again.
  func settle(
    item number: Int64, refusal: (fault: FaultCode, note: String)?, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Void, StoreError>) -> Void)

  /// The epoch under which this gateway may ask now.
  var epoch: Int64? { get }
}

/// What can be looked up of polls.
package protocol PollReader: Sendable {
  /// All that were ever begun, by party and name.
  func polls() throws(StoreError) -> [StoredPoll]
  /// At most `limit` kept items behind `number`, in the order in which they came; of one party or of all.
  func pollItems(of party: PartyID?, after number: Int64, limit: Int) throws(StoreError) -> [StoredPollItem]
  func pollItem(_ number: Int64) throws(StoreError) -> (item: StoredPollItem, bytes: [UInt8])?
  /// Numbers of kept items that are to go down the line again.
  func pollItemsOfferedAgain(limit: Int) throws(StoreError) -> [Int64]
  /// At most `limit` dossiers to ask about, and those of the looked at that are over.
  func awaited(_ query: AwaitedQuery, limit: Int) throws(StoreError) -> AwaitedQuery.Answer
}
