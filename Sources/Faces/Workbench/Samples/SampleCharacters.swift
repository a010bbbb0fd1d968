/// A set of characters of a pattern.
struct SampleCharacters: Sendable {
  indirect enum Item: Sendable {
    case range(ClosedRange<UInt32>)
    case digit
    case space
    /// Letters, digits and the underscore; for XSD everything but punctuation, separators and the rest.
    case word
    /// The first character of a name of XML, and any other one.
    case nameStart
    case namePart
    /// A general category of Unicode, such as `L` or `Lu`.
    case category(String)
    case not(Item)
  }

  var items: [Item]
  var isNegated = false

  static func one(_ scalar: Unicode.Scalar) -> SampleCharacters {
    SampleCharacters(items: [.range(scalar.value...scalar.value)])
  }

  /// Everything but line ends.
  static let any = SampleCharacters(
    items: [.range(0x0A...0x0A), .range(0x0D...0x0D)], isNegated: true)

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    items.contains { Self.holds($0, scalar) } != isNegated
  }

  private static func holds(_ item: Item, _ scalar: Unicode.Scalar) -> Bool {
    switch item {
    case .range(let range): range.contains(scalar.value)
    case .digit: ("0"..."9").contains(scalar)
    case .space: scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" || scalar.value == 0xA0
    case .word: scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_"
    case .nameStart: scalar.properties.isAlphabetic || scalar == "_" || scalar == ":"
    case .namePart:
      scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_:-.".unicodeScalars.contains(scalar)
    case .category(let name): isCategory(name, scalar)
    case .not(let item): !holds(item, scalar)
    }
  }

  private static func isCategory(_ name: String, _ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return switch name {
    case "L", "Letter", "Alphabetic": properties.isAlphabetic
    case "Lu", "Uppercase_Letter", "Uppercase": properties.isUppercase
    case "Ll", "Lowercase_Letter", "Lowercase": properties.isLowercase
    case "N", "Nd", "Number", "Decimal_Number": ("0"..."9").contains(scalar)
    case "P", "Punctuation": ".,;:!?-()/".unicodeScalars.contains(scalar)
    case "Z", "Zs", "Separator": scalar == " "
    default: false
    }
  }

  static let knownCategories: Set<String> = [
    "L", "Letter", "Alphabetic", "Lu", "Uppercase_Letter", "Uppercase", "Ll", "Lowercase_Letter", "Lowercase", "N",
    "Nd",
    "Number", "Decimal_Number", "P", "Punctuation", "Z", "Zs", "Separator",
  ]

  /// What texts are made of where the set allows it; white space last, so that it is taken only if nothing else is.
  private static let preferred: [Unicode.Scalar] = Array(
    "ABCDEFGHIKLMNOPQRSTUVXYabcdeghiklmnopqrstuvxy0123456789ăâđêôơưáàạếộ-._/:,+@#?!%&()[]{}<>=*;'\"|~^$\\ "
      .unicodeScalars)

  /// The characters to choose from; empty if the set has none that a text can hold.
  var choices: [Unicode.Scalar] {
    let plain = Self.preferred.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) }.filter(contains)
    if !plain.isEmpty { return plain }
    let others = Self.preferred.filter(contains)
    if !others.isEmpty { return others }
    for item in items where !isNegated {
      if case .range(let range) = item, let scalar = Unicode.Scalar(range.lowerBound) { return [scalar] }
    }
    return []
  }
}
