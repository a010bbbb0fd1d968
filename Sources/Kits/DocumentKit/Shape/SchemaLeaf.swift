/// One place of a document that can hold text: its path, how often it occurs, and the rules for the text.
package struct SchemaLeaf: Sendable {
  /// A step of the path, with how often it may occur inside the step before.
  package struct Step: Sendable, Equatable {
    /// `name`, or `@name` for an attribute.
    package let name: String
    package let occurs: SchemaShape.Occurs
    /// The step stands in a choice, or its content does, so its absence can be valid whatever `occurs` says.
    package let isAlternative: Bool

    package init(name: String, occurs: SchemaShape.Occurs, isAlternative: Bool) {
      self.name = name
      self.occurs = occurs
      self.isAlternative = isAlternative
    }

    package var isRequired: Bool { occurs.minimum > 0 && !isAlternative }
    package var repeats: Bool { occurs.maximum.map { $0 > 1 } ?? true }
  }

  /// Below the root element, which is not among them; empty for a root that is itself a leaf.
  package let steps: [Step]
  package let place: SchemaShape.Place.ID
  package let value: ValueRules
  /// The declaration contains itself below this path, which therefore goes no deeper.
  package let isRecursive: Bool

  package init(steps: [Step], place: SchemaShape.Place.ID, value: ValueRules, isRecursive: Bool = false) {
    self.steps = steps
    self.place = place
    self.value = value
    self.isRecursive = isRecursive
  }

  /// `owner/identity/number`, `file/@id`, as a mapping writes it.
  package var path: String { steps.map(\.name).joined(separator: "/") }
  /// Every document must hold it.
  package var isAlwaysRequired: Bool { steps.allSatisfy(\.isRequired) }
}
