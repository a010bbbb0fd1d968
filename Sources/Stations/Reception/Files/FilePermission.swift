/// Where a party's files may be fetched from: everything below one address.
package struct FilePermission: Sendable, Equatable {
  /// `https://host[:port]/…/`, with the slash at its end.
  package let prefix: String
  /// Whether the host may stand at an address that is not public, such as 10.0.0.0/8 or the machine itself.
  package let isPrivate: Bool

  /// nil if `address` is no http(s) address of a folder: with a host, without user name, query and fragment.
  package init?(_ address: String, isPrivate: Bool) {
    let prefix = address.hasSuffix("/") ? address : address + "/"
    guard Self.isPlain(prefix), !prefix.contains("?") else { return nil }
    let authority = prefix.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" }
    guard !authority.isEmpty, authority.first != ":", !authority.contains("@") else { return nil }
    self.prefix = prefix
    self.isPrivate = isPrivate
  }

  /// Whether this permission is for the address. The text is compared as it stands, up to the slash behind the host and the
  /// folder: what is written in another way, with dot segments or an escaped dot, is not meant.
  package func allows(_ address: String) -> Bool {
    guard Self.isPlain(address), address.hasPrefix(prefix) else { return false }
    let path = address.dropFirst(prefix.count).prefix { $0 != "?" }.lowercased()
    let segments = path.replacing("%2e", with: ".").replacing("%2f", with: "/").split(separator: "/")
    return !segments.contains { $0 == "." || $0 == ".." }
  }

  private static func isPlain(_ address: String) -> Bool {
    (address.hasPrefix("https://") || address.hasPrefix("http://"))
      && address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
      && !address.contains { "#\\\"<>{}|^`".contains($0) }
  }
}
