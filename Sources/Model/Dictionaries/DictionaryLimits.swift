/// What a dictionary may be, and how much of it may go at once.
package struct DictionaryLimits: Sendable {
  /// Codes of one edition, ended ones among them.
  package var codes = 100_000
  /// Bytes of a code, and of the code of its parent.
  package var codeBytes = 128
  /// Bytes of a name; what is longer is cut at a character.
  package var nameBytes = 4_096
  /// Of a hundred codes that were there, so many may be missing from a new list, rounded up; with more it is taken for an
  /// outage of the partner.
  package var vanishingPercent = 20
  /// Bytes of an edition's file.
  package var editionBytes = 128 << 20

  package init() {}

  package static let standard = DictionaryLimits()

  /// How many codes may be missing from a list when so many were in the one before.
  package func vanishing(of count: Int) -> Int { (count * vanishingPercent + 99) / 100 }
}
