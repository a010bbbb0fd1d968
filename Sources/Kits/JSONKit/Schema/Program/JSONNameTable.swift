/// The names of all sets of a compiled schema while it is made; the names come from a schema, not from the sender, so
/// that no seed is needed.
struct JSONNameTable {
  /// One name: its bytes and their hash.
  struct Entry: Sendable {
    let start: Int32
    let length: Int32
    let hash: UInt32
  }

  private(set) var bytes: [UInt8] = []
  private(set) var entries: [Entry] = []
  /// Numbers of names by hash, −1 where free; of each set a power of two of them, at least half free.
  private(set) var slots: [Int32] = []

  /// Numbers the names of a set from 0 in their order; each may come only once.
  mutating func add(_ names: [[UInt8]]) -> JSONNameSet {
    if names.isEmpty { return .empty }
    let (first, firstSlot) = (entries.count, slots.count)
    let size = 1 << (Int.bitWidth - (names.count * 2 - 1).leadingZeroBitCount)
    slots.append(contentsOf: repeatElement(-1, count: size))
    for (number, name) in names.enumerated() {
      let hash = name.withUnsafeBufferPointer { Self.hash($0) }
      entries.append(Entry(start: Int32(bytes.count), length: Int32(name.count), hash: hash))
      bytes += name
      var slot = Int(hash) & (size - 1)
      while slots[firstSlot + slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[firstSlot + slot] = Int32(number)
    }
    return JSONNameSet(
      first: Int32(first), count: Int32(names.count), firstSlot: Int32(firstSlot), slotMask: UInt32(size - 1))
  }

  /// Multiplies and folds eight bytes at a time.
  static func hash(_ name: UnsafeBufferPointer<UInt8>) -> UInt32 {
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
