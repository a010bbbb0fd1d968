import FileKit
import Glibc
package import ServiceKit

/// What a sweep of the folder removed.
package struct FileSweepReport: Sendable, Equatable {
  package var files = 0
  package var bytes = 0
  /// Drafts of a process that ended before they were whole.
  package var drafts = 0

  package init() {}
}

extension FileFolder {
  /// Removes the files that no message names and nobody has handed over or asked to keep for the time of `grace`.
  ///
  /// Each file stands by itself: a sweep may end anywhere and the next one goes on. A file is looked at three times: its
  /// age, whether `isNamed`, and its age again under the lock that everybody takes who begins to rely on a file
  /// (``touch(_:)``, ``FileIntake/finish(expected:)``). Between relying on a file and the commit that names it lies less
  /// than `grace`, so what is old and not named has nobody. A file that is being read stays readable to its reader.
  package func sweep(
    at now: Timestamp, grace: Duration, while mayGoOn: () -> Bool = { true }, isNamed: (String) throws -> Bool
  ) throws -> FileSweepReport {
    var report = FileSweepReport()
    let horizon = (now - grace).seconds
    for name in Self.entries(of: path) where name.hasPrefix(FileDraft.namePrefix) {
      guard let status = Self.status(path + "/" + name), status.st_mtim.tv_sec < horizon else { continue }
      if unlink(path + "/" + name) == 0 { report.drafts += 1 }
    }
    for folder in Self.entries(of: path) where folder.utf8.count == 2 && folder != ".." {
      for digest in Self.entries(of: path + "/" + folder) where FileReference.isDigest(digest) {
        guard mayGoOn() else { return report }
        guard let seen = Self.status(path(of: digest)), seen.st_mtim.tv_sec < horizon, try !isNamed(digest) else {
          continue
        }
        let lock = try lock(shared: false)
        if let status = Self.status(path(of: digest)), status.st_mtim.tv_sec < horizon, unlink(path(of: digest)) == 0 {
          report.files += 1
          report.bytes += Int(status.st_size)
        }
        _ = lock
      }
    }
    sweepNotes(olderThan: horizon)
    return report
  }

  /// Notes about files that are gone say nothing any more.
  private func sweepNotes(olderThan horizon: Int64) {
    let notes = path + "/" + Self.notesName
    for name in Self.entries(of: notes) {
      let note = notes + "/" + name
      guard let status = Self.status(note), status.st_mtim.tv_sec < horizon else { continue }
      let bytes = (try? FileContent.read(note, limit: 64 * 1024)) ?? []
      let digest = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
      if !FileReference.isDigest(digest) || size(of: digest) == nil { unlink(note) }
    }
  }

  private static func status(_ path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? status : nil
  }

  /// The names in a folder, hidden ones too; none if it cannot be read.
  private static func entries(of folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      names.append(name)
    }
    return names
  }
}
