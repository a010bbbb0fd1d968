extension SchemaShape {
  /// One declared element, attribute or JSON member.
  package struct Place: Sendable {
    /// The number of a declaration in its shape.
    package struct ID: Sendable, Hashable {
      package let index: Int
      package init(_ index: Int) { self.index = index }
    }

    package enum Kind: Sendable, Equatable {
      case element
      case attribute
    }

    /// The local name as a step of the tree: for JSON the member's name as `MemberName` writes it.
    package let name: String
    package let namespace: String?
    package let kind: Kind
    /// The rules for its text; nil where it holds elements only.
    package let value: ValueRules?
    package let attributes: [Attribute]
    /// The elements it holds; nil where it holds none.
    package let content: Particle?
    /// XML: `xsi:nil` may stand in for its content. JSON: it may be null, and then has no text and no members.
    package let isNillable: Bool
    /// It may carry attributes that the schema does not name.
    package let allowsOtherAttributes: Bool
    /// The schema's own words (`xs:documentation`, `title`, `description`); empty if there are none.
    package let note: String
    /// `file:line:column`.
    package let position: String

    package init(
      name: String, namespace: String? = nil, kind: Kind = .element, value: ValueRules? = nil,
      attributes: [Attribute] = [], content: Particle? = nil, isNillable: Bool = false,
      allowsOtherAttributes: Bool = false, note: String = "", position: String = "",
    ) {
      self.name = name
      self.namespace = namespace
      self.kind = kind
      self.value = value
      self.attributes = attributes
      self.content = content
      self.isNillable = isNillable
      self.allowsOtherAttributes = allowsOtherAttributes
      self.note = note
      self.position = position
    }
  }

  /// An attribute in use.
  package struct Attribute: Sendable {
    package let place: Place.ID
    package let isRequired: Bool

    package init(_ place: Place.ID, isRequired: Bool) {
      self.place = place
      self.isRequired = isRequired
    }
  }

  /// How often something may occur.
  package struct Occurs: Sendable, Equatable {
    package let minimum: Int
    /// Nil means without bound.
    package let maximum: Int?

    package init(_ minimum: Int, _ maximum: Int?) {
      self.minimum = minimum
      self.maximum = maximum
    }

    package static let once = Occurs(1, 1)
    package static let optional = Occurs(0, 1)
    package static let many = Occurs(0, nil)
  }

  /// The content of an element: which elements, in which order, how often.
  package indirect enum Particle: Sendable {
    /// `isList` marks a JSON array: the element occurs once for each of its values.
    case place(Place.ID, Occurs, isList: Bool)
    case sequence([Particle], Occurs)
    case choice([Particle], Occurs)
    /// In any order; the members of a JSON object.
    case all([Particle], Occurs)
    /// Elements the schema does not name.
    case wildcard(Occurs)
  }
}
