/// Which edition of a calendar a deadline was computed with: `vietnam/1`.
package struct CalendarVersion: Sendable, Hashable, CustomStringConvertible {
  package let name: String
  /// From 1; a later edition has a higher number.
  package let number: Int

  package init(_ name: String, _ number: Int) {
    self.name = name
    self.number = number
  }

  package var description: String { "\(name)/\(number)" }
}
