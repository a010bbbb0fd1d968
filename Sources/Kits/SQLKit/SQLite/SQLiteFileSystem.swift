import CSQLite
import Glibc

/// A file system for SQLite: the usual one, except that what is appended to a log (WAL) is gathered; see `GatheredLog`.
enum SQLiteFileSystem {
  /// Its name for `sqlite3_open_v2`; nil, which means the usual one, where SQLite takes no other.
  static let name: String? = {
    let own = "lienthong"
    guard let usual = sqlite3_vfs_find(nil), let name = strdup(own) else { return nil }
    // Neither this nor the name is ever freed: SQLite keeps what is registered for as long as the process lives.
    let system = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    system.initialize(to: usual.pointee)
    system.pointee.zName = UnsafePointer(name)
    system.pointee.pNext = nil
    system.pointee.szOsFile += Int32(MemoryLayout<LogFile>.stride)
    system.pointee.xOpen = { _, path, file, flags, given in openFile(path, file, flags, given) }
    return sqlite3_vfs_register(system, 0) == SQLITE_OK ? own : nil
  }()

  /// Every other file is the usual file system's own and never comes here again. Not so the database's, although a log is
  /// copied back into it page by page: of a part that is copied while somebody reads, SQLite tells others before it syncs or
  /// asks for anything, so an error of a piece written later could be told to nobody (“walCheckpoint” in wal.c).
  private static func openFile(
    _ path: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32,
    _ given: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    guard let usual = sqlite3_vfs_find(nil), let open = usual.pointee.xOpen, let file else { return SQLITE_CANTOPEN }
    guard flags & SQLITE_OPEN_WAL != 0 else { return open(usual, path, file, flags, given) }
    let usualFile = (UnsafeMutableRawPointer(file) + MemoryLayout<LogFile>.stride)
      .assumingMemoryBound(to: sqlite3_file.self)
    let result = open(usual, path, usualFile, flags, given)
    file.pointee.pMethods = nil
    guard result == SQLITE_OK else { return result }
    let log = Unmanaged.passRetained(GatheredLog(usualFile))
    UnsafeMutableRawPointer(file).assumingMemoryBound(to: LogFile.self)
      .initialize(to: LogFile(file: sqlite3_file(pMethods: LogFile.methods), log: log))
    return SQLITE_OK
  }
}

/// How a log file begins, in memory that SQLite allocates; the usual file system's own file lies behind it.
///
/// Aligned like what `malloc` gives, so that the file behind it is aligned as well.
private struct LogFile {
  var file: sqlite3_file
  /// Retained from opening to closing.
  var log: Unmanaged<GatheredLog>

  /// SQLite gives the methods below nothing but files that `openFile` has made.
  static func log(_ file: UnsafeMutablePointer<sqlite3_file>?) -> GatheredLog {
    UnsafeMutableRawPointer(file!).assumingMemoryBound(to: LogFile.self).pointee.log.takeUnretainedValue()
  }

  /// What SQLite does with a log; only a database's own file is mapped and has memory to share.
  ///
  /// `nonisolated(unsafe)`: written once, here, and only read afterwards.
  nonisolated(unsafe) static let methods: UnsafePointer<sqlite3_io_methods> = {
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    methods.initialize(to: sqlite3_io_methods())
    methods.pointee.iVersion = 1
    methods.pointee.xClose = { file in
      let log = log(file)
      // What is left then belongs to no commit.
      let result = log.usual.pointee.pMethods.pointee.xClose(log.usual)
      Unmanaged.passUnretained(log).release()
      return result
    }
    methods.pointee.xRead = { file, bytes, amount, offset in
      let log = log(file)
      return log.flushed { $0.xRead(log.usual, bytes, amount, offset) }
    }
    methods.pointee.xWrite = { file, bytes, amount, offset in log(file).append(bytes, amount, at: offset) }
    methods.pointee.xTruncate = { file, size in
      let log = log(file)
      return log.flushed { $0.xTruncate(log.usual, size) }
    }
    methods.pointee.xSync = { file, flags in log(file).sync(flags) }
    methods.pointee.xFileSize = { file, size in
      let log = log(file)
      return log.flushed { $0.xFileSize(log.usual, size) }
    }
    methods.pointee.xLock = { file, lock in usual(file).pointee.pMethods.pointee.xLock(usual(file), lock) }
    methods.pointee.xUnlock = { file, lock in usual(file).pointee.pMethods.pointee.xUnlock(usual(file), lock) }
    methods.pointee.xCheckReservedLock = { file, found in
      usual(file).pointee.pMethods.pointee.xCheckReservedLock(usual(file), found)
    }
    methods.pointee.xFileControl = { file, operation, argument in
      usual(file).pointee.pMethods.pointee.xFileControl(usual(file), operation, argument)
    }
    methods.pointee.xSectorSize = { file in usual(file).pointee.pMethods.pointee.xSectorSize(usual(file)) }
    methods.pointee.xDeviceCharacteristics = { file in
      usual(file).pointee.pMethods.pointee.xDeviceCharacteristics(usual(file))
    }
    return UnsafePointer(methods)
  }()

  private static func usual(_ file: UnsafeMutablePointer<sqlite3_file>?) -> UnsafeMutablePointer<sqlite3_file> {
    log(file).usual
  }
}
