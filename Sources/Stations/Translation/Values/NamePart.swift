/// One part of a Vietnamese personal name, which is written family name first: `Nguyễn Thị Minh Ánh`.
///
/// Family names of two words (`Tôn Nữ`, `Âu Dương`) cannot be told from a middle name; their second word counts as
/// one. The parts together are always all words of the name.
package enum NamePart: String, Sendable, CaseIterable {
  /// The first word; none in a name of one word.
  case family
  /// The words between the first and the last.
  case middle
  /// The last word.
  case given

  package func part(of name: String) -> String {
    let words = name.unicodeScalars.split { $0.properties.isWhitespace }
    let chosen: ArraySlice<Substring.UnicodeScalarView> =
      switch self {
      case .family: words.count > 1 ? words.prefix(1) : []
      case .middle: words.dropFirst().dropLast()
      case .given: words.suffix(1)
      }
    return chosen.map { String($0) }.joined(separator: " ")
  }
}
