/// What a name of the field speaks of: its words without accents, and the common ones in one language.
///
/// `NgayTiepNhan`, `ngay_tiep_nhan` and `receivedAt` have the same concepts.
struct NameConcepts: Sendable, Equatable {
  /// In the order of the name.
  let words: [String]
  /// Words the glossary knows stand in its common form.
  let concepts: Set<String>

  init(_ names: [String]) {
    words = names.flatMap(Self.split)
    concepts = Set(Glossary.concepts(of: words))
  }

  /// From 0 to 1: how much of both names speaks of the same.
  func likeness(to other: NameConcepts) -> Double {
    if words == other.words { return 1 }
    guard !concepts.isEmpty, !other.concepts.isEmpty else { return 0 }
    let common = Double(concepts.intersection(other.concepts).count)
    return 0.95 * 2 * common / Double(concepts.count + other.concepts.count)
  }

  /// `DinhDanhCHS` is dinh, danh, chs; `số_điện-thoại` is so, dien, thoai.
  static func split(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    let letters = name.flatMap(plain)
    for (index, letter) in letters.enumerated() {
      guard letter.isLetter || letter.isNumber else {
        words.append(word)
        word = ""
        continue
      }
      let before = index > 0 ? letters[index - 1] : " "
      let next = index + 1 < letters.count ? letters[index + 1] : " "
      let begins =
        letter.isUppercase && (before.isLowercase || before.isNumber || before.isUppercase && next.isLowercase)
      if begins {
        words.append(word)
        word = ""
      }
      word += letter.lowercased()
    }
    return (words + [word]).filter { !$0.isEmpty }
  }

  /// The letter without the marks of Vietnamese.
  private static func plain(_ letter: Character) -> [Character] {
    for (base, marked) in marks where marked.contains(letter) { return [base] }
    return [letter]
  }

  private static let marks: [(Character, String)] = [
    ("a", "àáảãạăằắẳẵặâầấẩẫậ"), ("e", "èéẻẽẹêềếểễệ"), ("i", "ìíỉĩị"), ("o", "òóỏõọôồốổỗộơờớởỡợ"), ("u", "ùúủũụưừứửữự"),
    ("y", "ỳýỷỹỵ"), ("d", "đ"), ("A", "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ"), ("E", "ÈÉẺẼẸÊỀẾỂỄỆ"), ("I", "ÌÍỈĨỊ"),
    ("O", "ÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ"), ("U", "ÙÚỦŨỤƯỪỨỬỮỰ"), ("Y", "ỲÝỶỸỴ"), ("D", "Đ"),
  ]
}
