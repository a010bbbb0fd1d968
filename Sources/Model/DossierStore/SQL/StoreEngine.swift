import DossierModel
import SQLKit
import ServiceKit

/// What is a database engine's own in keeping a store. Everything else is written once, in this folder.
protocol StoreEngine: AnyObject, Sendable {
  /// The few statements that cannot have one text.
  var texts: StoreTexts { get }
  /// Changes carried out in one transaction at most: bounds how long a single commit can take.
  var batchLimit: Int { get }
  /// This gateway's part of the work on a store that several may share.
  var share: StoreShare { get }

  /// The epoch under which claims may be sent now; nil while this gateway has none.
  var currentEpoch: Int64? { get }

  /// Opens the store for a gateway that will write: brings it to the newest shape, begins an epoch and gives back what
  /// gateways that are gone had claimed. Returns the first connection for the writer.
  func begin(at now: Timestamp) throws(SQLError) -> sending any SQLDatabase

  /// Begins whatever goes on beside the writer, which runs now.
  func attend(ready: ReadyAnnouncement, writer: GroupCommitWriter, time: any TimeSource)

  /// Lets the writer finish and ends what goes on beside it.
  func end(_ writer: GroupCommitWriter)

  /// Opens a connection that may change the store and finds it in the shape that this program knows.
  func openWriter() throws(SQLError) -> sending any SQLDatabase

  /// Opens a connection that only looks.
  func openReader() throws(SQLError) -> sending any SQLDatabase

  /// Bytes that new rows can take without the database growing, as far as that is known.
  func reusableBytes(in database: any SQLDatabase) throws(SQLError) -> Int

  /// Begins the work of a batch inside its transaction: locks and looks up what the batch is about.
  func lookup(for batch: [StoreChange], in database: any SQLDatabase) throws(SQLError) -> any StoreLookup

  /// Ends the work of a batch inside its transaction: tells other gateways what has become ready.
  func announce(_ ready: Set<PartyID>, in database: any SQLDatabase) throws(SQLError)

  /// Called after each commit, when everybody knows of it: what is to be done between two transactions.
  func committed(on database: any SQLDatabase)

  /// Whether the transaction with this mark is stored; nil while it is still being carried out.
  func isStored(_ mark: TransactionMark, in database: any SQLDatabase) throws(SQLError) -> Bool?
}
