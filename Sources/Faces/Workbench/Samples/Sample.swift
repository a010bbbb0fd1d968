/// A document that is valid against its schema.
package struct Sample: Sendable, Equatable {
  /// What it is there for: `seed 7, 3` or `owner/name: maxLength 250`.
  package let name: String
  package let bytes: [UInt8]
}
