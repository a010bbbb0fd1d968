import CSQLite
import Synchronization

/// How long the log (WAL) of an SQLite file is, as its writing connection sees it after each commit.
package final class SQLiteLog: Sendable {
  private let count = Atomic<Int>(0)

  package init() {}

  /// Pages in the log, each stored since it was last begun anew.
  package var pages: Int { count.load(ordering: .relaxed) }

  /// The connection holds this object for as long as its handle is open.
  func watch(_ handle: OpaquePointer) {
    _ = sqlite3_wal_hook(handle, commitWasLogged, Unmanaged.passUnretained(self).toOpaque())
  }

  fileprivate func grew(to pages: Int) { count.store(pages, ordering: .relaxed) }
}

/// Called by SQLite after each commit, on the connection's thread, with the pages in the log.
private func commitWasLogged(
  _ context: UnsafeMutableRawPointer?, _ handle: OpaquePointer?, _ database: UnsafePointer<CChar>?, _ pages: Int32
) -> Int32 {
  if let context { Unmanaged<SQLiteLog>.fromOpaque(context).takeUnretainedValue().grew(to: Int(pages)) }
  return SQLITE_OK
}
