/// The rules a schema has for one text or number: type, enumeration, limits.
package struct ValueRules: Sendable, Equatable {
  /// The types that matter to mappings; anything else is a string.
  package enum Kind: String, Sendable, CaseIterable {
    case string
    case integer
    case decimal
    /// A binary floating-point number.
    case double
    case boolean
    case date
    case time
    case dateTime
    case base64
    case uri
    /// JSON's null and nothing else.
    case null
    /// Any value at all.
    case any
  }

  package var kind: Kind
  /// The name of the type in the schema, such as `xs:dateTime`, `string` or `MaTTHC`.
  package var typeName: String
  /// The type of XML Schema itself that it derives from, such as `xs:unsignedByte`; empty for JSON and for unions.
  package var builtIn = ""
  /// The JSON types the value may have, as JSON Schema names them; empty for XML.
  package var jsonTypes: [String]
  /// Every allowed text in the schema's order; nil if the schema lists none.
  package var enumeration: [String]?
  /// The values of `enumeration` as JSON writes them, null among them: `"1"`, `1`, `true`; nil for XML.
  package var jsonValues: [String]?
  package var fixed: String?
  package var defaultText: String?
  /// Characters (for base64: bytes).
  package var minLength: Int?
  package var maxLength: Int?
  /// Regular expressions, all of which must match, in the schema's own dialect.
  package var patterns: [String]
  /// Numbers as the schema writes them.
  package var minimum: Bound?
  package var maximum: Bound?
  package var totalDigits: Int?
  package var fractionDigits: Int?
  package var multipleOf: String?
  /// The `format` of JSON Schema.
  package var format: String?
  /// Texts the schema gives as examples.
  package var examples: [String] = []
  /// A union: the text obeys at least one of these; empty if it is none.
  package var alternatives: [ValueRules] = []
  /// Narrower rules that hold under conditions, as `then` and `else` say: a text may have to obey one of them.
  package var variants: [ValueRules] = []
  /// A list separated by white space: the rules of each part, in one element; empty if it is none. Lengths count parts.
  package var listItem: [ValueRules] = []

  /// One end of a range.
  package struct Bound: Sendable, Equatable {
    package let text: String
    package let isExclusive: Bool

    package init(_ text: String, isExclusive: Bool = false) {
      self.text = text
      self.isExclusive = isExclusive
    }
  }

  package init(_ kind: Kind, typeName: String = "", jsonTypes: [String] = []) {
    self.kind = kind
    self.typeName = typeName
    self.jsonTypes = jsonTypes
    patterns = []
  }
}
