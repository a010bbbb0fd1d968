/// A header field of a partner's requests.
package struct HeaderTemplate: Sendable, Equatable {
  package enum Value: Sendable, Equatable {
    case text(TextTemplate)
    /// A JSON object of texts in base64, as LGSP clients send their `lgspaccesstoken`; the same in every request.
    case base64JSON([NamedTemplate])
  }

  package var name: String
  package var value: Value

  package init(name: String, value: Value) {
    self.name = name
    self.value = value
  }

  package init(name: String, value: TextTemplate) { self.init(name: name, value: .text(value)) }

  /// Every text of it.
  package var templates: [TextTemplate] {
    switch value {
    case .text(let template): [template]
    case .base64JSON(let members): members.map(\.value)
    }
  }
}
