/// Documents at the limits of a schema, and the limits for which none was found.
package struct LimitSamples: Sendable {
  package let samples: [Sample]
  /// `path: limit: reason`.
  package let skipped: [String]
}
