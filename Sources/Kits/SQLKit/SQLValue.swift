/// A value bound to a statement's parameter.
package enum SQLValue: Sendable {
  case null
  case integer(Int64)
  case text(String)
  case blob([UInt8])

  /// `nil` binds as NULL.
  package static func text(optional value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
  package static func integer(optional value: Int64?) -> SQLValue { value.map { .integer($0) } ?? .null }
}
