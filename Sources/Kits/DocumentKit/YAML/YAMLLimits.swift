/// How much YAML one document may bring, so that a wrong file ends in a sentence and not in an exhausted machine.
package struct YAMLLimits: Sendable {
  /// Bytes of the whole file.
  package var bytes = 8 * 1024 * 1024
  /// Mappings and sequences inside one another; the root counts as 1.
  package var depth = 64
  /// Mappings, sequences, scalars and keys together.
  package var nodes = 1_000_000
  /// Bytes of one scalar after unescaping.
  package var scalarBytes = 1024 * 1024

  package init() {}

  package static let standard = YAMLLimits()
}
