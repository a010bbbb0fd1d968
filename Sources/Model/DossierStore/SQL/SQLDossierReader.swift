import SQLKit

/// Looks things up in a store's database, beside gateways that may be writing to it, and never changes it.
package final class SQLDossierReader: DossierReader {
  private let engine: any StoreEngine
  let readers: ReaderPool
  let texts: StoreTexts

  /// The database is opened at the first look-up. `wrapping`: put before its connections, for tests.
  package convenience init(_ location: StoreLocation, wrapping: (any DatabaseWrapping)? = nil) {
    self.init(location.engine(), wrapping: wrapping)
  }

  init(_ engine: any StoreEngine, wrapping: (any DatabaseWrapping)? = nil) {
    self.engine = engine
    readers = ReaderPool(engine, wrapping: wrapping)
    texts = engine.texts
  }

  /// Bytes that new messages can take before the database has to grow: what removed ones left behind. 0 where only the
  /// database server knows.
  package func reusableBytes() throws(StoreError) -> Int {
    try readers.read { database throws(SQLError) in try engine.reusableBytes(in: database) }
  }

  /// Lets go of connections that nobody uses; the next look-up opens one again.
  func close() { readers.close() }
}
