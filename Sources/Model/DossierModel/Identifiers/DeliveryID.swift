/// Names one delivery inside one store: its number in order of creation.
package struct DeliveryID: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let number: Int64
  package init(_ number: Int64) { self.number = number }
  package var description: String { String(number) }
  package static func < (left: DeliveryID, right: DeliveryID) -> Bool { left.number < right.number }
}
