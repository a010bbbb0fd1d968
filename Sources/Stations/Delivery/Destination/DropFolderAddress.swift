import SFTPKit

/// The address of a folder on an SFTP server: `sftp://host[:port]/folder`.
struct DropFolderAddress {
  let host: String
  let port: Int
  let folder: SFTPPath

  /// nil for what is none. User names are no part of it: they are secrets of the party.
  init?(_ address: String) {
    guard address.hasPrefix("sftp://") else { return nil }
    let rest = address.dropFirst("sftp://".count)
    let authority = rest.prefix { $0 != "/" }
    var path = String(rest.dropFirst(authority.count))
    while path.count > 1, path.last == "/" { path.removeLast() }
    let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let isName = parts[0].utf8.allSatisfy { byte in
      SFTPPath.isName(String(decoding: [byte, UInt8(ascii: "a")], as: UTF8.self))
    }
    guard !parts[0].isEmpty, isName, let folder = SFTPPath(path) else { return nil }
    var port = 22
    if parts.count == 2 {
      guard let given = Int(parts[1]), (1...65_535).contains(given) else { return nil }
      port = given
    }
    (host, self.port, self.folder) = (String(parts[0]), port, folder)
  }
}
