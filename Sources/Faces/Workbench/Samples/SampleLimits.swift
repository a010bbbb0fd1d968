/// How large samples get and how long they are tried for.
package struct SampleLimits: Sendable {
  /// Elements inside one another where the schema would go on; deeper only what is required is made.
  package var depth = 16
  /// How many more than the least number a repeated element comes.
  package var repeats = 2
  /// Repairs of one document, and documents begun anew, before the schema is given up.
  package var tries = 60
  /// Texts made from a pattern before it is given up.
  package var texts = 200
  /// Texts tried for a place of which somebody wants something.
  package var wishes = 24
  /// The greatest length or number of values that a sample at a limit is made for.
  package var atLimit = 10_000

  package init() {}

  package static let standard = SampleLimits()
}
