import Glibc

/// A fixed set of names, each with a number, looked up by the bytes of a document without making a string.
///
/// The names come from a schema, not from the sender, so that no seed is needed.
struct JSONNameTable: Sendable {
  private struct Entry {
    let start: Int32
    let length: Int32
    let hash: UInt32
  }

  private let bytes: [UInt8]
  private let entries: [Entry]
  /// Numbers of names by hash, −1 where free; a power of two of them, at least half free.
  private let slots: [Int32]

  /// Numbers the names from 0 in their order; each may come only once.
  init(_ names: [[UInt8]]) {
    var bytes: [UInt8] = []
    var entries: [Entry] = []
    for name in names {
      let hash = name.withUnsafeBufferPointer { Self.hash($0) }
      entries.append(Entry(start: Int32(bytes.count), length: Int32(name.count), hash: hash))
      bytes += name
    }
    let size = names.isEmpty ? 1 : 1 << (Int.bitWidth - (names.count * 2 - 1).leadingZeroBitCount)
    var slots = [Int32](repeating: -1, count: size)
    for (number, entry) in entries.enumerated() {
      var slot = Int(entry.hash) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(number)
    }
    self.bytes = bytes
    self.entries = entries
    self.slots = slots
  }

  var count: Int { entries.count }

  func name(_ number: Int32) -> String {
    let entry = entries[Int(number)]
    return String(decoding: bytes[Int(entry.start)..<Int(entry.start + entry.length)], as: UTF8.self)
  }

  /// The number of a name, or −1. `guess` is looked at first: members mostly come in the order of the schema.
  @inline(__always) func number(of name: UnsafeBufferPointer<UInt8>, guess: Int32 = 0) -> Int32 {
    if Int(guess) < entries.count, isEqual(guess, name) { return guess }
    return search(name)
  }

  private func search(_ name: UnsafeBufferPointer<UInt8>) -> Int32 {
    if entries.isEmpty { return -1 }
    let hash = Self.hash(name)
    var slot = Int(hash) & (slots.count - 1)
    while case let number = slots[slot], number >= 0 {
      if entries[Int(number)].hash == hash, isEqual(number, name) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    return -1
  }

  @inline(__always) private func isEqual(_ number: Int32, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let entry = entries[Int(number)]
    guard Int(entry.length) == name.count else { return false }
    return name.isEmpty
      || bytes.withUnsafeBufferPointer {
        memcmp($0.baseAddress! + Int(entry.start), name.baseAddress!, name.count) == 0
      }
  }

  /// Multiplies and folds eight bytes at a time.
  private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let raw = UnsafeRawBufferPointer(name)
    var state = UInt64(name.count) &* 0x9E37_79B9_7F4A_7C15
    var offset = 0
    while offset + 8 <= raw.count {  // each load lies inside the buffer by this comparison
      state = (state ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
      state ^= state >> 32
      offset += 8
    }
    var tail: UInt64 = 0
    while offset < raw.count {
      tail = tail << 8 | UInt64(raw[offset])
      offset += 1
    }
    state = (state ^ tail) &* 0x9E37_79B9_7F4A_7C15
    return UInt32(truncatingIfNeeded: state >> 32)
  }
}
