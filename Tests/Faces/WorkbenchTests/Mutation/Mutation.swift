@testable import Workbench

/// A valid sample with one constraint broken, and what must be found.
struct Mutation {
  /// Kinds of constraints.
  enum Kind: String, Sendable, CaseIterable {
    case type = "wrong type"
    case notAList = "not a list"
    case fixed = "another value than the fixed one"
    case enumeration = "not in the enumeration"
    case tooShort = "too short"
    case tooLong = "too long"
    case pattern = "pattern"
    case tooSmall = "too small"
    case tooLarge = "too large"
    case fractionDigits = "too many fraction digits"
    case totalDigits = "too many digits"
    case multiple = "not a multiple"
    case union = "of no type of a union"
    case elementInText = "element in a text"
    case textAmongElements = "text among elements"
    case requiredAttribute = "required attribute missing"
    case unknownAttribute = "unknown attribute"
    case missing = "required missing"
    case tooFew = "too few values"
    case tooMany = "too many"
    case order = "wrong order"
    case extra = "extra element or member"
    case noBranch = "no branch of a choice"
    case twoBranches = "two branches of a choice"
  }

  let kind: Kind
  /// The declaration whose constraint it is.
  let constraint: String
  /// The broken document.
  let root: SampleNode
  /// Any one of these rules must be among the findings …
  let rules: Set<String>
  /// … at one of these places.
  let paths: Set<String>
}
