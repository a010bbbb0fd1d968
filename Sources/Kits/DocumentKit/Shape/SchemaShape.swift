/// What documents of a schema may hold: every element, attribute and member with its type and how often it may occur.
///
/// One shape serves XSD and JSON Schema, in the steps of the one tree (`DocumentTree`): a mapping's paths are checked
/// against it, samples are made from it and people read it. Declarations refer to one another by number, so a schema that
/// contains itself is a finite shape. Paths that a shape cannot express stand in `unsupported`, rules it does not enforce
/// in `conditions`; nothing is left out in silence.
package struct SchemaShape: Sendable {
  package let format: DocumentTree.Format
  /// Every declaration; a `Place.ID` is an index.
  package let places: [Place]
  /// The elements a document may begin with: the global elements of an XSD, `root` of a JSON Schema.
  package let roots: [Place.ID]
  /// Constructs of the schema that the shape does not express: a valid document may hold what is not in the shape, or
  /// what is there may be of another type. Each with its place.
  package let unsupported: [Unsupported]
  /// Rules beyond paths, types and numbers, such as `if` and `then`: the shape holds all that they allow, and more.
  package let conditions: [Condition]

  package init(
    format: DocumentTree.Format, places: [Place], roots: [Place.ID], unsupported: [Unsupported],
    conditions: [Condition] = [],
  ) {
    self.format = format
    self.places = places
    self.roots = roots
    self.unsupported = unsupported
    self.conditions = conditions
  }

  package subscript(_ id: Place.ID) -> Place { places[id.index] }

  /// The root with this name in the tree.
  package func root(named name: String) -> Place.ID? { roots.first { self[$0].name == name } }

  /// A construct of the schema language, and what the shape lacks because of it.
  package struct Unsupported: Sendable, Equatable {
    /// `file:line:column`, or a pointer into the schema where positions are unknown.
    package let position: String
    package let construct: String
    package let consequence: Sentence

    package init(position: String, construct: String, consequence: Sentence) {
      self.position = position
      self.construct = construct
      self.consequence = consequence
    }
  }

  /// A rule that a valid document obeys and the shape does not show.
  package struct Condition: Sendable, Equatable {
    /// `file:line:column`.
    package let position: String
    /// Its name in the schema language: `if`, `not`, `xs:unique`.
    package let construct: String
    /// One sentence.
    package let rule: String

    package init(position: String, construct: String, rule: String) {
      self.position = position
      self.construct = construct
      self.rule = rule
    }
  }
}
