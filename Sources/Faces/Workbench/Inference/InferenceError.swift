/// Why no schema can be drafted from these documents.
package struct InferenceError: Error, Sendable, CustomStringConvertible {
  /// One sentence with the remedy.
  package let description: String
}
