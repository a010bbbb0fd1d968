/// One entry of the tape: a value or a member name, 16 bytes, referring to the source bytes.
///
/// Containers are followed by their contents: an array by its elements, an object by name, value, name, value…
struct JSONNode {
  /// What stands here; `true` and `false` are told apart so that a literal needs no second look at the bytes.
  enum Kind: UInt8 {
    case object, array, string, number, `true`, `false`, null
  }

  /// Offset of the first byte; of a string, of the first byte behind its quote.
  let start: UInt32
  /// Number of bytes; of a string, without its quotes.
  private(set) var length: UInt32
  /// Index of the entry behind this value and everything inside it; while a container is open, that of the one around it.
  private(set) var next: UInt32
  /// Bits 0–2 kind, bit 3 mark, bits 4–31 count.
  private var info: UInt32

  /// A string's `mark` says that it contains escapes; a number's, that it has neither fraction nor exponent.
  init(kind: Kind, mark: Bool = false, start: Int, length: Int = 0, next: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.length = UInt32(truncatingIfNeeded: length)
    self.next = UInt32(truncatingIfNeeded: next)
    info = UInt32(kind.rawValue) | (mark ? 8 : 0)
  }

  @inline(__always) var kind: Kind {
    // Only `init` writes the three bits, and it takes them from a `Kind`.
    unsafeBitCast(UInt8(truncatingIfNeeded: info & 7), to: Kind.self)
  }
  @inline(__always) var mark: Bool { info & 8 != 0 }
  /// Members of an object, elements of an array.
  @inline(__always) var count: Int { Int(info >> 4) }
  @inline(__always) var range: Range<Int> { Int(start)..<Int(start) + Int(length) }

  /// Counts one more complete member or element of an open container.
  @inline(__always) mutating func countOne() { info += 16 }

  /// Completes a container once its closing bracket is read.
  @inline(__always) mutating func close(end: Int, next: Int) {
    length = UInt32(truncatingIfNeeded: end) - start
    self.next = UInt32(truncatingIfNeeded: next)
  }

  /// The bytes in the source, quotes included.
  var sourceRange: Range<Int> {
    kind == .string ? range.lowerBound - 1..<range.upperBound + 1 : range
  }
}
