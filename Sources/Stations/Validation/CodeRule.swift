package import Dictionaries
package import DocumentKit
package import XMLKit

/// Says that codes in a message must be valid by a dictionary on the day on which the message came.
package struct CodeRule: Sendable {
  package enum Strictness: String, Sendable, CaseIterable {
    /// The sender is refused and told which code it is.
    case refuse
    /// The message goes on and the journal says so.
    case warn
  }

  /// At the message's root: the codes; empty ones are left aside.
  package let value: XPathExpression
  package let dictionary: DictionaryReference
  package let unknown: Strictness
  package let position: YAMLPosition

  package init(
    value: XPathExpression, dictionary: DictionaryReference, unknown: Strictness = .refuse, position: YAMLPosition
  ) {
    self.value = value
    self.dictionary = dictionary
    self.unknown = unknown
    self.position = position
  }
}
