import Glibc

/// The names of a compiled schema lent for one validation.
///
/// Sets and entries come only from the `JSONNameTable` the tables were frozen from, which made every range; that is the
/// argument for comparing bytes without bounds checks.
struct JSONNameTableView {
  let bytes: JSONSchemaTableView<UInt8>
  let entries: JSONSchemaTableView<JSONNameTable.Entry>
  let slots: JSONSchemaTableView<Int32>

  func name(_ number: Int32, of set: JSONNameSet) -> String {
    let entry = entries[set.first + number].pointee
    let name = UnsafeBufferPointer(start: entry.length == 0 ? nil : bytes[entry.start], count: Int(entry.length))
    return String(decoding: name, as: UTF8.self)
  }

  /// The number of a name, or −1. `guess` is looked at first: members mostly come in the order of the schema.
  @inline(__always) func number(
    of name: UnsafeBufferPointer<UInt8>, in set: JSONNameSet, guess: Int32 = 0
  ) -> Int32 {
    if guess < set.count, isEqual(entries[set.first + guess], name) { return guess }
    return search(name, set)
  }

  private func search(_ name: UnsafeBufferPointer<UInt8>, _ set: JSONNameSet) -> Int32 {
    if set.count == 0 { return -1 }
    let hash = JSONNameTable.hash(name)
    var slot = hash & set.slotMask
    while case let number = slots[set.firstSlot + Int32(slot)].pointee, number >= 0 {
      let entry = entries[set.first + number]
      if entry.pointee.hash == hash, isEqual(entry, name) { return number }
      slot = (slot + 1) & set.slotMask
    }
    return -1
  }

  @inline(__always) private func isEqual(
    _ entry: UnsafePointer<JSONNameTable.Entry>, _ name: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard Int(entry.pointee.length) == name.count else { return false }
    return name.isEmpty || memcmp(bytes[entry.pointee.start], name.baseAddress!, name.count) == 0
  }
}
