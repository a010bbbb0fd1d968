/// A piece of text to be found in a partner's answer, such as "đã tồn tại".
///
/// Case does not matter, diacritics do. Composed and decomposed spellings (Unicode NFC and NFD) of the same letters are
/// equal, because agencies send both: Swift compares characters by canonical equivalence.
package struct TextPattern: Sendable, Equatable {
  /// As it is written in the profile.
  package let text: String
  private let characters: [Character]

  /// How far into an answer's text is looked; the answer itself has its own limit.
  package static let searchedCharactersLimit = 65_536

  /// nil for a text without any character: it would be found everywhere.
  package init?(_ text: String) {
    self.text = text
    characters = Array(text.lowercased())
    if characters.isEmpty { return nil }
  }

  package func occurs(in text: String) -> Bool {
    let searched = Array(text.lowercased().prefix(Self.searchedCharactersLimit))
    guard searched.count >= characters.count else { return false }
    for start in 0...(searched.count - characters.count) where searched[start] == characters[0] {
      if searched[start..<(start + characters.count)].elementsEqual(characters) { return true }
    }
    return false
  }
}
