/// A `$dynamicRef` (2020-12 core §8.2.3.2): where it leads unless the resources entered before say otherwise.
struct JSONSchemaDynamicReference: Sendable {
  let initial: Int32
  /// The schemas with this dynamic anchor, by resource; empty when the reference behaves like `$ref`.
  let targets: [Int32: Int32]
}
