/// A fixed set of names inside a `JSONNameTable`, each with a number from 0, looked up by the bytes of a document.
struct JSONNameSet: Sendable {
  /// The place of name 0 among the table's entries.
  let first: Int32
  let count: Int32
  /// The place of its slots among the table's, a power of two of them.
  let firstSlot: Int32
  let slotMask: UInt32

  static var empty: JSONNameSet { JSONNameSet(first: 0, count: 0, firstSlot: 0, slotMask: 0) }
}
