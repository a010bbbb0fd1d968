/// How long a procedure or a step of it may take: `3 workingDays`.
package struct Term: Sendable, Hashable, CustomStringConvertible {
  package let amount: Int
  package let unit: TermUnit

  /// Nil for a negative amount, and beyond ten years in any unit: such a term is a mistake.
  package init?(_ amount: Int, _ unit: TermUnit) {
    guard (0...Self.most(unit)).contains(amount) else { return nil }
    self.amount = amount
    self.unit = unit
  }

  /// `AMOUNT UNIT` as `description` writes it, or in Vietnamese: `3 ngày làm việc`, `8 giờ`. Nil for anything else.
  package init?(_ text: String) {
    guard let blank = text.firstIndex(of: " "), let amount = Int(text[..<blank]) else { return nil }
    let word = text[text.index(after: blank)...].lowercased()
    guard
      let unit = TermUnit.allCases.first(where: { $0.rawValue.lowercased() == word || $0.name == word })
        ?? (word == "giờ" ? .workingHours : nil)
    else { return nil }
    self.init(amount, unit)
  }

  /// The longest term of a unit.
  package static func most(_ unit: TermUnit) -> Int {
    switch unit {
    case .workingHours: 20_000
    case .workingDays: 2_500
    case .days: 3_650
    case .months: 120
    }
  }

  package var description: String { "\(amount) \(unit.rawValue)" }
}
