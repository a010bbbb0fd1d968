import DocumentKit
import ServiceKit

extension SampleTexts {
  /// A number inside of its bounds, by preference a small one.
  mutating func number(_ rules: ValueRules) throws(SampleError) -> String {
    let isInteger = rules.kind == .integer || rules.fractionDigits == 0
    let step = rules.multipleOf.flatMap(Double.init) ?? 1
    guard step > 0 else { throw SampleError(.text, "multipleOf must be greater than 0.") }
    var low = rules.minimum.flatMap { Double($0.text) }.map { ($0 / step).rounded(.up) }
    var high = rules.maximum.flatMap { Double($0.text) }.map { ($0 / step).rounded(.down) }
    if let bound = rules.minimum, bound.isExclusive, let value = Double(bound.text), low == value / step { low! += 1 }
    if let bound = rules.maximum, bound.isExclusive, let value = Double(bound.text), high == value / step { high! -= 1 }
    if let digits = rules.totalDigits, digits < 15 {
      var most = 1.0
      for _ in 0..<digits { most *= 10 }
      high = min(high ?? .infinity, most - 1)
      low = max(low ?? -.infinity, 1 - most)
    }
    let first = low ?? min(0, (high ?? 0) - 1_000)
    let last = high ?? (first + 100_000)
    guard first <= last else {
      // Nothing whole lies between: the middle does.
      guard !isInteger, let low = rules.minimum.flatMap({ Double($0.text) }),
        let high = rules.maximum.flatMap({ Double($0.text) }), low < high
      else { throw SampleError(.text, "No number lies between its bounds.") }
      return Self.plain((low + high) / 2)
    }
    let from = max(first, last < 0 ? last - 100_000 : -1_000)
    let start = max(-9e15, min(9e15, max(first, min(from, last))))
    let end = min(9e15, min(last, start + 100_000))
    let whole = Double(chance.number(in: Int(start)...max(Int(start), Int(end))))
    let isFraction = !isInteger && rules.multipleOf == nil && whole < last && (rules.fractionDigits ?? 1) > 0
    if isFraction, whole >= 0, rules.totalDigits == nil, chance.happens(0.3) {
      return Self.plain(whole) + ".\(chance.number(in: 1...9))"
    }
    return Self.plain(whole * step)
  }

  /// Without exponent, and without fraction where there is none.
  private static func plain(_ number: Double) -> String {
    number.rounded() == number && abs(number) < 1e18 ? String(Int(number)) : "\(number)"
  }
}
