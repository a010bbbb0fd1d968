import Glibc

/// How much room is left where a folder lies.
package enum FileSystemRoom {
  /// Bytes that an ordinary user may still write to the folder's file system; nil if it cannot be asked (statvfs(3)).
  package static func free(at folder: String) -> Int? {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return nil }
    let (bytes, isTooMany) = Int(clamping: status.f_bavail).multipliedReportingOverflow(by: Int(status.f_frsize))
    return isTooMany ? .max : bytes
  }
}
