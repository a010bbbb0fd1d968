/// A header field of a partner's requests.
package struct HeaderTemplate: Sendable, Equatable {
  package var name: String
  package var value: TextTemplate
}
