/// Says that codes of some place must be valid by a dictionary.
package struct DictionaryReference: Sendable, Equatable {
  /// What happens at a site that has no edition of it, because nobody there fetches it or nothing has come yet.
  package enum Absence: String, Sendable, CaseIterable {
    /// The code is taken as it is, and the journal says so.
    case warn
    /// The code is not valid.
    case refuse
  }

  package var name: DictionaryName
  package var without: Absence

  package init(_ name: DictionaryName, without: Absence) {
    self.name = name
    self.without = without
  }
}
