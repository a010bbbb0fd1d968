/// A value of a JSON body as a profile writes it: texts with places to fill, and what is no text as it stands.
package indirect enum JSONTemplate: Sendable, Equatable {
  package struct Member: Sendable, Equatable {
    package var name: String
    package var value: JSONTemplate
  }

  case text(TextTemplate)
  /// A number, `true`, `false` or `null`, as JSON writes it.
  case literal(String)
  case list([JSONTemplate])
  case object([Member])
  /// A text: the JSON of another value, in base64.
  case base64(JSONTemplate)

  /// Every text of it.
  package var templates: [TextTemplate] {
    switch self {
    case .text(let template): [template]
    case .literal: []
    case .list(let elements): elements.flatMap(\.templates)
    case .object(let members): members.flatMap(\.value.templates)
    case .base64(let value): value.templates
    }
  }
}
