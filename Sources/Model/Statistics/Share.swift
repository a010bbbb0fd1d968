/// A part of a whole, both known, so that a percentage can always be traced to its denominator.
package struct Share: Sendable, Hashable {
  package let part: Int
  package let whole: Int

  package init(_ part: Int, of whole: Int) {
    precondition(part >= 0 && whole >= 0, "dossiers are counted")
    self.part = part
    self.whole = whole
  }

  /// The percentage, rounded half up to so many decimals, in Vietnamese style: `76,5 %`. Nil of nothing.
  package func percent(decimals: Int = 2) -> String? {
    rounded(decimals).map { Self.text($0, decimals) }
  }

  /// Whether this share prints as `text`, such as `76,5 %` or `66 %`, in as many decimals as that has.
  package func prints(_ text: String) -> Bool {
    let number = text.prefix { $0.isNumber || $0 == "," }
    let decimals = number.split(separator: ",", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
    return rounded(decimals).map { Self.text($0, decimals).dropLast(2) == number } ?? false
  }

  /// Whole units of the last decimal, in exact arithmetic.
  private func rounded(_ decimals: Int) -> Int? {
    guard whole > 0, (0...6).contains(decimals) else { return nil }
    let scale = (0..<decimals).reduce(100) { product, _ in product * 10 }
    let (product, overflow) = part.multipliedReportingOverflow(by: 2 * scale)
    guard !overflow else { return nil }
    return (product / whole + 1) / 2
  }

  private static func text(_ units: Int, _ decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1) { product, _ in product * 10 }
    guard decimals > 0 else { return "\(units) %" }
    let rest = String(units % scale)
    return "\(units / scale),\(String(repeating: "0", count: decimals - rest.count))\(rest) %"
  }
}
