@testable import Workbench

/// A valid sample with one constraint broken, and what must be found.
struct Mutation {
  /// `required missing`, `too long` and so on.
  let kind: String
  /// The broken document.
  let root: SampleNode
  /// Any one of these rules must be among the findings …
  let rules: Set<String>
  /// … at one of these places.
  let paths: Set<String>
}
