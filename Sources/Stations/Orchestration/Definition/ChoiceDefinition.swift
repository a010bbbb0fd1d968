package import XMLKit

/// The sub-procedures among which a citizen chooses.
package struct ChoiceDefinition: Sendable {
  package struct Option: Sendable {
    package let name: String
    package let title: String
    /// True at the root of the canonical dossier where it was chosen.
    package let isChosen: XPathExpression

    package init(name: String, title: String, isChosen: XPathExpression) {
      self.name = name
      self.title = title
      self.isChosen = isChosen
    }
  }

  package let options: [Option]
  /// How many may be chosen.
  package let number: ClosedRange<Int>

  package init(options: [Option], number: ClosedRange<Int>) {
    self.options = options
    self.number = number
  }
}
