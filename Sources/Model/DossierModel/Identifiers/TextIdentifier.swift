/// An identifier that is a piece of text on the wire and a type of its own in the code, so that two cannot be swapped.
package protocol TextIdentifier: Hashable, Sendable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
  var text: String { get }
  init(_ text: String)
}

extension TextIdentifier {
  package init(stringLiteral value: String) { self.init(value) }
  package var description: String { text }
  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}
