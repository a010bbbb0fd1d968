import CSQLite

/// A log file (WAL) of SQLite whose appended pages reach the kernel in pieces of up to `limit` bytes.
///
/// SQLite writes a log page by page, each behind a header of 24 bytes and so across the borders of the kernel's pages;
/// that was half of what writing a log costs. What is gathered is written before the file is synced, read, measured or
/// cut. A commit with `synchronous=FULL` syncs the log before it tells any connection of its pages
/// (https://sqlite.org/walformat.html, “sqlite3WalFrames” in wal.c), so nobody looks for what is still here.
///
/// An error of a gathered piece is told to whoever made it be written, at the latest to the commit, which then fails.
/// The piece is forgotten with it: SQLite writes again what it still wants there.
///
/// Belongs to one connection, which one thread at a time uses.
final class GatheredLog {
  /// Bytes gathered at most: fifteen pages of 8 KiB with their headers; more saves little and leaves the caches.
  ///
  /// Below 128 KiB, since the usual file system looks at seventeen bits of a length only (“seekAndWriteFd” in os_unix.c): of
  /// 128 KiB it would write nothing, and say that the disk is full.
  static let limit = 124 << 10

  /// The usual file system's file.
  let usual: UnsafeMutablePointer<sqlite3_file>
  /// Memory for `limit` bytes, from the first page of a commit to its sync, so that a resting store holds none.
  private var gathered: UnsafeMutableRawPointer?
  private var count = 0
  /// Where in the file the first gathered byte belongs.
  private var start: sqlite3_int64 = 0

  init(_ usual: UnsafeMutablePointer<sqlite3_file>) { self.usual = usual }

  deinit { gathered?.deallocate() }

  func append(_ bytes: UnsafeRawPointer?, _ amount: Int32, at offset: sqlite3_int64) -> Int32 {
    guard let bytes, let write = usual.pointee.pMethods.pointee.xWrite else { return SQLITE_IOERR }
    let added = Int(amount)
    if count > 0, offset != start + sqlite3_int64(count) || count + added > Self.limit {
      let result = flush()
      guard result == SQLITE_OK else { return result }
    }
    guard added <= Self.limit else { return write(usual, bytes, amount, offset) }
    let memory = gathered ?? .allocate(byteCount: Self.limit, alignment: 16)
    gathered = memory
    if count == 0 { start = offset }
    memory.advanced(by: count).copyMemory(from: bytes, byteCount: added)
    count += added
    return SQLITE_OK
  }

  func sync(_ flags: Int32) -> Int32 {
    let result = flushed { $0.xSync(usual, flags) }
    gathered?.deallocate()
    gathered = nil
    return result
  }

  /// Writes what is gathered, and then does what `body` says with the file; not if writing failed.
  func flushed(_ body: (sqlite3_io_methods) -> Int32) -> Int32 {
    let result = flush()
    return result == SQLITE_OK ? body(usual.pointee.pMethods.pointee) : result
  }

  private func flush() -> Int32 {
    guard count > 0 else { return SQLITE_OK }
    defer { count = 0 }
    return usual.pointee.pMethods.pointee.xWrite(usual, gathered, Int32(count), start)
  }
}
