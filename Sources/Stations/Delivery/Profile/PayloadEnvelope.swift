/// What a request's body is made of around the stored payload.
package enum PayloadEnvelope: Sendable, Equatable {
  /// The payload is the body.
  case raw
  /// A JSON object, its members in the order given.
  case wrap([Member])
  /// The payload's own JSON object, with these members of texts before its own.
  case add([Member])
  /// A JSON list with the payload as its only element.
  case list
  /// `application/x-www-form-urlencoded`.
  case form([Member])
  case multipart(MultipartEnvelope)
  case soap(SOAPEnvelope)

  package struct Member: Sendable, Equatable {
    package enum Value: Sendable, Equatable {
      case text(TextTemplate)
      case payload(PayloadForm)
      /// No text: a number, a truth value, nothing, a list or an object.
      case json(JSONTemplate)
      case checksum(ChecksumTemplate)

      /// Every text of it.
      package var templates: [TextTemplate] {
        switch self {
        case .text(let template): [template]
        case .payload: []
        case .json(let value): value.templates
        case .checksum(let checksum): [checksum.key] + checksum.parts
        }
      }
    }

    package var name: String
    package var value: Value
  }

  /// How the payload stands inside of another document.
  package enum PayloadForm: String, Sendable, CaseIterable {
    /// `{payload}`: as it is, a value of JSON or an element of XML.
    case whole = "{payload}"
    /// `[{payload}]`: the one element of a JSON list.
    case list = "[{payload}]"
    /// `{payload.text}`: as a text, written as texts are in the document around it.
    case text = "{payload.text}"
    /// `{payload.base64}`: its bytes in base64.
    case base64 = "{payload.base64}"
  }

  /// The members, fields or parameters with their values.
  package var members: [Member] {
    switch self {
    case .raw, .list: []
    case .wrap(let members), .add(let members), .form(let members): members
    case .multipart(let envelope): envelope.fields
    case .soap(let envelope): envelope.parameters
    }
  }
}
