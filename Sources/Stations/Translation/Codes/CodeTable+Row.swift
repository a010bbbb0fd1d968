package import DocumentKit
package import ServiceKit

extension CodeTable {
  /// A key beside the code: the meaning of the code depends on it.
  package struct Column: Sendable {
    package let name: String
    /// Prose: what the column holds.
    package let title: String
  }

  /// Days before a row on which nothing answers, and why that is meant.
  package struct Gap: Sendable {
    /// The first of these days; the last is the one before the row's own first.
    package let from: CivilDay
    package let reason: String
    package let position: YAMLPosition
  }

  /// One line of the table.
  package struct Row: Sendable {
    package let foreign: String
    package let canonical: String
    /// One for each column of the table; nil stands for any value.
    package let cells: [String?]
    /// The first and last day on which the row holds, both included; nil means from ever, for ever.
    package let validFrom: CivilDay?
    package let validUntil: CivilDay?
    /// Nil where no gap before the row is meant.
    package let gap: Gap?
    /// Nil means both ways.
    package let direction: Direction?
    package let note: String
    package let position: YAMLPosition

    package func applies(_ direction: Direction) -> Bool {
      self.direction == nil || self.direction == direction
    }

    /// Whether the row answers for these cells on this day; without a day only rows without dates do.
    package func applies(to cells: [String], on day: CivilDay?) -> Bool {
      for (own, asked) in zip(self.cells, cells) where own != nil && own != asked { return false }
      guard isDated else { return true }
      guard let day else { return false }
      return (validFrom ?? day) <= day && day <= (validUntil ?? day)
    }

    var isDated: Bool { validFrom != nil || validUntil != nil }

    /// Whether some question is answered by both rows and neither is the more specific one.
    func competes(with other: Row) -> Bool {
      if let until = validUntil, let from = other.validFrom, until < from { return false }
      if let until = other.validUntil, let from = validFrom, until < from { return false }
      for case (let own?, let others?) in zip(cells, other.cells) where own != others { return false }
      return !isMoreSpecific(than: other) && !other.isMoreSpecific(than: self)
    }

    /// Whether the row says something in every column in which the other does, and in one more.
    func isMoreSpecific(than other: Row) -> Bool {
      let pairs = zip(cells, other.cells)
      return pairs.allSatisfy { own, others in own != nil || others == nil }
        && pairs.contains { own, others in own != nil && others == nil }
    }
  }
}
