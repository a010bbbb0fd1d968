/// What a schema says of numbers.
struct JSONSchemaNumberRules: Sendable {
  /// A bound, exact, and also as an `Int` where it is one.
  struct Bound: Sendable {
    let keyword: String
    let decimal: JSONDecimal
    let integer: Int?
    let text: String
    let isLower: Bool
    let isExclusive: Bool

    func allows(_ value: JSONDecimal) -> Bool {
      value == decimal ? !isExclusive : (value > decimal) == isLower
    }

    @inline(__always) func allows(_ value: Int, against bound: Int) -> Bool {
      value == bound ? !isExclusive : (value > bound) == isLower
    }
  }

  var bounds: [Bound] = []
  var divisor: JSONDecimal?
  var divisorText = ""
}
