/// Which members or elements of one value have been evaluated, for `unevaluatedProperties` and `unevaluatedItems`
/// (2020-12 core §11): a place in the evaluator's stack of marks. Where nobody asks, nothing is noted.
struct JSONSchemaMarks {
  let start: Int32
  let words: Int32

  /// Notes nothing.
  static var none: JSONSchemaMarks { JSONSchemaMarks(start: -1, words: 0) }

  @inline(__always) var isTracking: Bool { start >= 0 }
}
