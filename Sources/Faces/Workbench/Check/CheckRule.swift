/// What `map check` can find wrong; the names are stable.
package enum CheckRule: String, Sendable, CaseIterable {
  /// The mapping does not compile.
  case compile
  /// A schema is missing or cannot be read, or has no root of the name given.
  case schema
  /// The expression is no XPath 1.0, though the engine lets it pass.
  case expression
  /// A step of an expression is not in the source schema.
  case unknownSource = "unknown-source"
  /// A step of `to` is not in the target schema.
  case unknownTarget = "unknown-target"
  /// The target schema requires a place that no row feeds.
  case unfedRequired = "unfed-required"
  /// A required place is fed only under conditions that leave a case out.
  case whenLeavesEmpty = "when-leaves-empty"
  /// A required place is fed from a source that may be absent or empty.
  case mayBeEmpty = "may-be-empty"
  /// No row reads a leaf of the source, and no `ignore` gives a reason.
  case unreadSource = "unread-source"
  /// An optional leaf of the target is never fed.
  case unfedOptional = "unfed-optional"
  /// `ignore` names what the source schema does not have.
  case ignoreUnknown = "ignore-unknown"
  /// `ignore` names what a row reads.
  case ignoreRead = "ignore-read"
  /// A code table lacks a row for a code that the schema allows.
  case codesNotTotal = "codes-not-total"
  /// A code table gives a code that the target does not allow.
  case codeOutsideTarget = "code-outside-target"
  /// A code table has a row for a code that no mapping can ask for.
  case codeUnreachable = "code-unreachable"
  /// Between two rows of a code table lie days on which neither holds, and no reason is given; or a gap is said where
  /// none is.
  case codeGap = "code-gap"
  /// The text read is of another type than the text required.
  case typeClash = "type-clash"
  /// The text read may be longer or shorter than allowed.
  case lengthClash = "length-clash"
  /// The text read may be none of those the target lists.
  case enumerationClash = "enumeration-clash"
  /// `type` is not a JSON type the target allows.
  case jsonTypeClash = "json-type-clash"
  /// Several nodes are read and the first wins.
  case firstWins = "first-wins"
  /// A list is written where the target has one value, or one value where it has a list.
  case listClash = "list-clash"
  /// The row can never write.
  case deadRow = "dead-row"
  /// Two rows write one place.
  case writtenTwice = "written-twice"
  /// The rows do not follow the order of the target schema.
  case order
  /// Something that could not be proved, and why.
  case notProved = "not-proved"
}
