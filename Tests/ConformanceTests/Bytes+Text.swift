import Glibc

extension [UInt8] {
  /// Whether the text stands in the bytes. Documents of 16 MiB are looked through, which generic code in a debug build
  /// takes seconds for.
  func contains(text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard let first = wanted.first else { return true }
    return withUnsafeBytes { bytes in
      var place = 0
      while bytes.count - place >= wanted.count {
        // Within the bytes, of which at least so many are left.
        let rest = bytes.baseAddress! + place
        guard let found = memchr(rest, Int32(first), bytes.count - place - wanted.count + 1) else { return false }
        if memcmp(found, wanted, wanted.count) == 0 { return true }
        place += UnsafeRawPointer(found) - rest + 1
      }
      return false
    }
  }
}
