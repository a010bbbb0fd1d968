import Glibc

extension JSONTapeParser {
  /// Up to this many members the names are compared pair by pair; beyond, through a hash table.
  private static let pairwiseMaximum = 32

  /// Refuses an object in which two names are equal once their escapes are resolved.
  ///
  /// Large objects go through Swift's `Hasher`, whose seed is new in each process: names chosen to collide are not to
  /// be had, and the check stays linear.
  mutating func refuseDuplicateNames(of object: Int) throws(JSONFault) {
    names.removeAll(keepingCapacity: true)
    var hasEscapes = false
    var entry = object + 1
    let end = tape.count  // the object was closed this moment, so its contents end the tape
    while entry < end {
      let name = tape[entry]
      hasEscapes = hasEscapes || name.mark
      names.append(JSONNameKey(entry: entry, key: key(name)))
      entry = Int(tape[entry + 1].next)
    }
    let isSmall = names.count <= Self.pairwiseMaximum && !hasEscapes
    if let second = isSmall ? duplicateByPairs() : duplicateByHash() {
      throw JSONFault(code: .duplicateName, offset: Int(tape[second].start) - 1)
    }
  }

  /// Length and last four bytes; names in one object differ mostly at their ends.
  @inline(__always) private func key(_ name: JSONNode) -> UInt64 {
    let length = Int(name.length)
    guard length >= 4 else {
      var key = UInt64(length) << 32
      for index in 0..<length { key = key << 8 ^ UInt64(base[Int(name.start) + index]) }
      return key
    }
    // The last four bytes of a string of at least four lie inside it.
    let tail = UnsafeRawPointer(base).loadUnaligned(fromByteOffset: Int(name.start) + length - 4, as: UInt32.self)
    return UInt64(length) << 32 | UInt64(tail)
  }

  /// Compares names without escapes.
  private func duplicateByPairs() -> Int? {
    names.withUnsafeBufferPointer { names in
      for later in 1..<names.count {
        let key = names[later].key
        for earlier in 0..<later where names[earlier].key == key {
          if areEqual(tape[names[earlier].entry], tape[names[later].entry]) { return names[later].entry }
        }
      }
      return nil
    }
  }

  private mutating func duplicateByHash() -> Int? {
    // Twice the names, rounded up to a power of two; 0 means free, for entry 0 is never a name.
    let size = 1 << (Int.bitWidth - (names.count * 2 - 1).leadingZeroBitCount)
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(0, count: size))
    for name in names {
      let node = tape[name.entry]
      var slot = hash(node) & (size - 1)
      while slots[slot] != 0 {
        if areEqual(tape[Int(slots[slot])], node) { return name.entry }
        slot = (slot + 1) & (size - 1)
      }
      slots[slot] = UInt32(truncatingIfNeeded: name.entry)
    }
    return nil
  }

  private func hash(_ node: JSONNode) -> Int {
    var hasher = Hasher()
    if node.mark {
      decoded(node).withUnsafeBytes { hasher.combine(bytes: $0) }
    } else {
      hasher.combine(bytes: UnsafeRawBufferPointer(start: base + Int(node.start), count: Int(node.length)))
    }
    return hasher.finalize()
  }

  private func areEqual(_ first: JSONNode, _ second: JSONNode) -> Bool {
    if !first.mark, !second.mark {
      return first.length == second.length
        && memcmp(base + Int(first.start), base + Int(second.start), Int(first.length)) == 0
    }
    return decoded(first) == decoded(second)
  }

  private func decoded(_ node: JSONNode) -> [UInt8] {
    JSONText.unescaped(UnsafeBufferPointer(start: base + Int(node.start), count: Int(node.length)))
  }
}
