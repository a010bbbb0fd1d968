/// Which edition of a procedure's definition an instance goes by, from its beginning to its end: `khai-sinh-thuong-tru-bhyt/1`.
package struct ProcedureVersion: Sendable, Hashable, CustomStringConvertible {
  package let name: String
  /// From 1; a later edition has a higher number.
  package let number: Int

  package init(_ name: String, _ number: Int) {
    self.name = name
    self.number = number
  }

  package var description: String { "\(name)/\(number)" }
}
