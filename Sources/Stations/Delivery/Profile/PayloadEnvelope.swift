/// What a request's body is made of around the stored payload.
package enum PayloadEnvelope: Sendable, Equatable {
  /// The payload is the body.
  case raw
  /// The payload is a member of a JSON object, in the order given.
  case wrap([Member])

  package struct Member: Sendable, Equatable {
    package enum Value: Sendable, Equatable {
      /// A JSON string.
      case text(TextTemplate)
      /// The payload as it is, `{payload}`.
      case payload
      /// A list with the payload as its one element, `[{payload}]`.
      case payloadList
    }

    package var name: String
    package var value: Value
  }
}
