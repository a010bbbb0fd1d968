/// Which members or elements of one value have been evaluated, for `unevaluatedProperties` and `unevaluatedItems`
/// (2020-12 core §11). Where nobody asks, nothing is noted.
struct JSONSchemaMarks {
  let isTracking: Bool
  private var words: [UInt64]

  /// Notes nothing.
  static let none = JSONSchemaMarks(isTracking: false, words: [])

  /// Notes members or elements by their place, out of `count`.
  static func tracking(count: Int) -> JSONSchemaMarks {
    JSONSchemaMarks(isTracking: true, words: Array(repeating: 0, count: (count + 63) / 64))
  }

  private init(isTracking: Bool, words: [UInt64]) {
    self.isTracking = isTracking
    self.words = words
  }

  @inline(__always) mutating func insert(_ index: Int) {
    if isTracking { words[index >> 6] |= 1 << UInt64(index & 63) }
  }

  func contains(_ index: Int) -> Bool { words[index >> 6] & 1 << UInt64(index & 63) != 0 }

  /// Takes over what a schema applied to the same value has evaluated.
  mutating func formUnion(_ other: JSONSchemaMarks) {
    guard isTracking, other.isTracking else { return }
    for index in words.indices { words[index] |= other.words[index] }
  }
}
