import CSQLite
import Glibc

/// A file system for SQLite: the usual one, except that what is written to a database and its log (WAL) is gathered; see
/// `GatheredFile`.
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
    system.pointee.szOsFile += Int32(MemoryLayout<FileHead>.stride)
    system.pointee.xOpen = { _, path, file, flags, given in openFile(path, file, flags, given) }
    return sqlite3_vfs_register(system, 0) == SQLITE_OK ? own : nil
  }()

  /// Every other file is the usual file system's own and never comes here again.
  private static func openFile(
    _ path: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32,
    _ given: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    guard let usual = sqlite3_vfs_find(nil), let open = usual.pointee.xOpen, let file else { return SQLITE_CANTOPEN }
    guard flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL) != 0 else { return open(usual, path, file, flags, given) }
    let usualFile = (UnsafeMutableRawPointer(file) + MemoryLayout<FileHead>.stride)
      .assumingMemoryBound(to: sqlite3_file.self)
    let result = open(usual, path, usualFile, flags, given)
    file.pointee.pMethods = nil
    guard result == SQLITE_OK else { return result }
    let gathered = Unmanaged.passRetained(GatheredFile(usualFile))
    UnsafeMutableRawPointer(file).assumingMemoryBound(to: FileHead.self)
      .initialize(to: FileHead(file: sqlite3_file(pMethods: FileHead.methods), gathered: gathered))
    return SQLITE_OK
  }
}

/// How a gathered file begins, in memory that SQLite allocates; the usual file system's own file lies behind it.
///
/// Aligned like what `malloc` gives, so that the file behind it is aligned as well.
private struct FileHead {
  var file: sqlite3_file
  /// Retained from opening to closing.
  var gathered: Unmanaged<GatheredFile>

  /// SQLite gives the methods below nothing but files that `openFile` has made.
  static func gathered(_ file: UnsafeMutablePointer<sqlite3_file>?) -> GatheredFile {
    UnsafeMutableRawPointer(file!).assumingMemoryBound(to: FileHead.self).pointee.gathered.takeUnretainedValue()
  }

  /// What SQLite does with such files. The second version has the memory that connections share (only asked of a
  /// database's own file); the third would have mapped files, whose pages would not pass here.
  ///
  /// `nonisolated(unsafe)`: written once, here, and only read afterwards.
  nonisolated(unsafe) static let methods: UnsafePointer<sqlite3_io_methods> = {
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    methods.initialize(to: sqlite3_io_methods())
    methods.pointee.iVersion = 2
    methods.pointee.xClose = { file in
      let gathered = gathered(file)
      // What is left then belongs to no commit, and to no log that counts as copied back.
      let result = gathered.usual.pointee.pMethods.pointee.xClose(gathered.usual)
      Unmanaged.passUnretained(gathered).release()
      return result
    }
    methods.pointee.xRead = { file, bytes, amount, offset in
      let gathered = gathered(file)
      return gathered.flushed { $0.xRead(gathered.usual, bytes, amount, offset) }
    }
    methods.pointee.xWrite = { file, bytes, amount, offset in gathered(file).write(bytes, amount, at: offset) }
    methods.pointee.xTruncate = { file, size in
      let gathered = gathered(file)
      return gathered.flushed { $0.xTruncate(gathered.usual, size) }
    }
    methods.pointee.xSync = { file, flags in gathered(file).sync(flags) }
    methods.pointee.xFileSize = { file, size in
      let gathered = gathered(file)
      return gathered.flushed { $0.xFileSize(gathered.usual, size) }
    }
    methods.pointee.xLock = { file, lock in usual(file).pointee.pMethods.pointee.xLock(usual(file), lock) }
    methods.pointee.xUnlock = { file, lock in
      let gathered = gathered(file)
      return gathered.flushed { $0.xUnlock(gathered.usual, lock) }
    }
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
    methods.pointee.xShmMap = { file, region, size, extends, memory in
      usual(file).pointee.pMethods.pointee.xShmMap(usual(file), region, size, extends, memory)
    }
    methods.pointee.xShmLock = { file, first, count, flags in
      usual(file).pointee.pMethods.pointee.xShmLock(usual(file), first, count, flags)
    }
    methods.pointee.xShmBarrier = { file in usual(file).pointee.pMethods.pointee.xShmBarrier(usual(file)) }
    methods.pointee.xShmUnmap = { file, deletes in
      usual(file).pointee.pMethods.pointee.xShmUnmap(usual(file), deletes)
    }
    return UnsafePointer(methods)
  }()

  private static func usual(_ file: UnsafeMutablePointer<sqlite3_file>?) -> UnsafeMutablePointer<sqlite3_file> {
    gathered(file).usual
  }
}
