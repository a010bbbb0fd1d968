/// A text with places under a name: a member of a JSON object or a field of a form.
package struct NamedTemplate: Sendable, Equatable {
  package var name: String
  package var value: TextTemplate
}
