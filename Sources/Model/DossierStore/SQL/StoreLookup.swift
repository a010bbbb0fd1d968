import DossierModel
import SQLKit

/// What the changes of one transaction look up before they write. A file is asked row by row; a server, to which every
/// question is a journey, once for the whole batch. Whoever writes says so here, so that later changes see it.
protocol StoreLookup: AnyObject {
  /// The epoch under which deliveries may be claimed and settled now; nil while this gateway has none.
  var epoch: Int64? { get }
  /// By what this transaction is found again; nil where a commit's answer cannot be lost.
  var mark: TransactionMark? { get }

  /// Whether the gateway of an epoch lives.
  func isLive(_ epoch: Int64) throws(SQLError) -> Bool

  func newMessageNumber() throws(SQLError) -> Int64
  func newDeliveryNumber() throws(SQLError) -> Int64

  /// The message that was recorded under this record's key before.
  func earlierMessage(with key: MessageKey, as record: MessageRecord) throws(SQLError) -> Receipt?
  /// A delivery as it stands in this transaction.
  func delivery(_ id: DeliveryID) throws(SQLError) -> DeliveryRow?
  /// The earliest delivery of a stream that later ones have to wait for.
  func firstOpen(in stream: DeliveryStream) throws(SQLError) -> DeliveryRow?
  /// Keeps every other transaction from changing anything about these dossiers until this one has ended.
  func hold(_ dossiers: Set<DossierCode>) throws(SQLError)
  /// The delivery as it stands, kept from other transactions until this one has ended. Its stream is held.
  func heldDelivery(_ id: DeliveryID) throws(SQLError) -> DeliveryRow?

  /// The bytes to send of each of these.
  func payloads(of deliveries: [DeliveryID]) throws(SQLError) -> [DeliveryID: [UInt8]]

  func recorded(_ record: MessageRecord)
  func queued(_ row: DeliveryRow)
  func moved(_ row: DeliveryRow, to state: DeliveryState)
}

extension StoreLookup {
  /// Keeps every other transaction from changing these streams until this one has ended.
  func hold(_ streams: Set<DeliveryStream>) throws(SQLError) { try hold(Set(streams.map(\.dossier))) }
}
