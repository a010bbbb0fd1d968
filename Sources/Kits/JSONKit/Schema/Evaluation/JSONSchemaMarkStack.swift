/// The marks of all values being looked at, one bit a member or element, the innermost value's on top.
struct JSONSchemaMarkStack {
  private var words: [UInt64] = []

  /// Begins to note for a value of `count` members or elements; `close` ends it.
  mutating func open(count: Int) -> JSONSchemaMarks {
    let marks = JSONSchemaMarks(start: Int32(words.count), words: Int32((count + 63) / 64))
    words.append(contentsOf: repeatElement(0, count: Int(marks.words)))
    return marks
  }

  /// Forgets the marks of the innermost value.
  mutating func close(_ marks: JSONSchemaMarks) {
    if marks.isTracking { words.removeSubrange(Int(marks.start)...) }
  }

  mutating func insert(_ index: Int, in marks: JSONSchemaMarks) {
    words[Int(marks.start) + index >> 6] |= 1 << UInt64(index & 63)
  }

  func contains(_ index: Int, in marks: JSONSchemaMarks) -> Bool {
    words[Int(marks.start) + index >> 6] & 1 << UInt64(index & 63) != 0
  }

  /// Takes over what a schema applied to the same value has evaluated, if both are noted.
  mutating func add(_ other: JSONSchemaMarks, to marks: JSONSchemaMarks) {
    guard marks.isTracking, other.isTracking else { return }
    for index in 0..<Int(marks.words) { words[Int(marks.start) + index] |= words[Int(other.start) + index] }
  }
}
