/// What documents of a schema may hold: every element, attribute and member with its type and how often it may occur.
///
/// One shape serves XSD and JSON Schema, in the steps of the one tree (`DocumentTree`): a mapping's paths are checked
/// against it, samples are made from it and people read it. Declarations refer to one another by number, so a schema that
/// contains itself is a finite shape. What a shape cannot express stands in `unsupported`; nothing is left out in silence.
package struct SchemaShape: Sendable {
  package let format: DocumentTree.Format
  /// Every declaration; a `Place.ID` is an index.
  package let places: [Place]
  /// The elements a document may begin with: the global elements of an XSD, `root` of a JSON Schema.
  package let roots: [Place.ID]
  /// Constructs of the schema that the shape does not express, each with its place.
  package let unsupported: [Unsupported]

  package init(format: DocumentTree.Format, places: [Place], roots: [Place.ID], unsupported: [Unsupported]) {
    self.format = format
    self.places = places
    self.roots = roots
    self.unsupported = unsupported
  }

  package subscript(_ id: Place.ID) -> Place { places[id.index] }

  /// The root with this name in the tree.
  package func root(named name: String) -> Place.ID? { roots.first { self[$0].name == name } }

  /// A construct of the schema language, and what the shape lacks because of it.
  package struct Unsupported: Sendable, Equatable {
    /// `file:line:column`, or a pointer into the schema where positions are unknown.
    package let position: String
    package let construct: String
    package let consequence: String

    package init(position: String, construct: String, consequence: String) {
      self.position = position
      self.construct = construct
      self.consequence = consequence
    }
  }
}
