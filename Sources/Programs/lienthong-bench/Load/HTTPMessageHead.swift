import Glibc

/// As much of the head of a request or an answer as generator and sink need: where it ends, and how long the body is.
struct HTTPMessageHead {
  /// With the empty line.
  let byteCount: Int
  /// Nil when it has no `Content-Length`.
  private(set) var contentLength: Int?

  /// Nil while the head is not whole.
  init?(in bytes: UnsafeRawBufferPointer) {
    var line = 0
    while let end = Self.lineEnd(in: bytes, from: line) {
      if end == line {
        byteCount = end + 2
        return
      }
      if contentLength == nil { contentLength = Self.length(in: UnsafeRawBufferPointer(rebasing: bytes[line..<end])) }
      line = end + 2
    }
    return nil
  }

  /// Where the next CR LF begins.
  private static func lineEnd(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count,
      let found = memchr(base + start, 0x0D, bytes.count - start)
    else { return nil }
    let end = base.distance(to: UnsafeRawPointer(found))
    return end + 1 < bytes.count && bytes[end + 1] == 0x0A ? end : nil
  }

  /// The number of a `Content-Length` line; nil for any other.
  private static func length(in line: UnsafeRawBufferPointer) -> Int? {
    let name: StaticString = "content-length:"
    let count = name.utf8CodeUnitCount
    guard line.count > count, (0..<count).allSatisfy({ line[$0] | 0x20 == name.utf8Start[$0] | 0x20 }) else {
      return nil
    }
    return line[count...].reduce(0) { $1 == 0x20 ? $0 : $0 * 10 + Int($1 &- 0x30) }
  }
}
