/// What a JSON text may cost: every parse is bounded by these numbers and refuses what goes beyond them.
///
/// A text at a limit passes; one step beyond is refused with the code that belongs to the limit.
package struct JSONLimits: Sendable, Equatable {
  /// The greatest number of bytes of a text.
  package var bytes: Int
  /// How deeply objects and arrays may stand inside one another; `[[]]` has depth 2.
  package var depth: Int
  /// The greatest number of values and member names in a text, which bounds the memory of its tape (16 bytes each).
  package var values: Int
  /// The greatest number of members of one object.
  package var members: Int
  /// The greatest number of characters of one number.
  package var numberLength: Int

  /// No `bytes` limit may exceed this: the tape keeps counts in 28 bits.
  package static let bytesMaximum = (1 << 28) - 1

  /// The limits of a message from outside.
  package static let standard = JSONLimits()

  /// Makes limits that differ from the standard ones where an argument is given; traps on limits that make no sense.
  package init(
    bytes: Int = 16 << 20, depth: Int = 64, values: Int = 2_000_000, members: Int = 100_000, numberLength: Int = 1_000
  ) {
    precondition(bytes > 0 && bytes <= Self.bytesMaximum, "JSONLimits.bytes lies between 1 and 268435455")
    precondition(depth > 0 && values > 0 && members > 0 && numberLength > 0, "a JSON limit is at least 1")
    self.bytes = bytes
    self.depth = depth
    self.values = values
    self.members = members
    self.numberLength = numberLength
  }
}
