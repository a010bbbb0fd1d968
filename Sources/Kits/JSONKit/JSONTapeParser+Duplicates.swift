import Glibc

extension JSONTapeParser {
  /// Up to this many members the names are compared pair by pair; beyond, through a hash table.
  private static let pairwiseMaximum = 24

  /// Refuses an object in which two names are equal once their escapes are resolved.
  ///
  /// Large objects go through Swift's `Hasher`, whose seed is new in each process: names chosen to collide are not to
  /// be had, and the check stays linear.
  mutating func refuseDuplicateNames(of object: Int) throws(JSONFault) {
    names.removeAll(keepingCapacity: true)
    var name = object + 1
    let end = Int(tape[object].next)
    while name < end {
      names.append(UInt32(truncatingIfNeeded: name))
      name = Int(tape[name + 1].next)
    }
    let second = names.count <= Self.pairwiseMaximum ? duplicateByPairs() : duplicateByHash()
    if let second { throw JSONFault(code: .duplicateName, offset: Int(tape[second].start) - 1) }
  }

  private func duplicateByPairs() -> Int? {
    for later in 1..<names.count {
      let laterNode = tape[Int(names[later])]
      for earlier in 0..<later where areEqual(tape[Int(names[earlier])], laterNode) {
        return Int(names[later])
      }
    }
    return nil
  }

  private mutating func duplicateByHash() -> Int? {
    // Twice the names, rounded up to a power of two; 0 means free, for node 0 is never a name.
    let size = 1 << (Int.bitWidth - (names.count * 2 - 1).leadingZeroBitCount)
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(0, count: size))
    for name in names {
      let node = tape[Int(name)]
      var slot = hash(node) & (size - 1)
      while slots[slot] != 0 {
        if areEqual(tape[Int(slots[slot])], node) { return Int(name) }
        slot = (slot + 1) & (size - 1)
      }
      slots[slot] = name
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

  @inline(__always) private func areEqual(_ first: JSONNode, _ second: JSONNode) -> Bool {
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
