/// One sentence for users, in both of their languages, without its full stop.
///
/// Names, paths and codes are the same in both, and so is what a library says, which is quoted in its own words.
package struct Sentence: Sendable, Hashable, CustomStringConvertible {
  package let english: String
  package let vietnamese: String

  package init(_ english: String, _ vietnamese: String) {
    self.english = english
    self.vietnamese = vietnamese
  }

  /// Only for what has no language: a name, a path, a line to be written as it stands.
  package init(same text: String) { self.init(text, text) }

  /// Where there is nothing to say.
  package static let none = Sentence(same: "")

  package var isEmpty: Bool { english.isEmpty && vietnamese.isEmpty }

  package func text(in language: Language) -> String {
    switch language {
    case .english: english
    case .vietnamese: vietnamese
    }
  }

  /// In English, as logs and errors of programs have it.
  package var description: String { english }

  package static func + (left: Sentence, right: Sentence) -> Sentence {
    Sentence(left.english + right.english, left.vietnamese + right.vietnamese)
  }

  /// `sentence (remedy)`.
  package func text(in language: Language, remedy: Sentence) -> String {
    text(in: language) + (remedy.isEmpty ? "" : " (\(remedy.text(in: language)))")
  }
}

// Remedies that are told in many places.
extension Sentence {
  package static func didYouMean(_ name: String) -> Sentence {
    Sentence("did you mean ‘\(name)’?", "có phải ý là ‘\(name)’?")
  }

  package static func oneOf(_ names: some Collection<String>) -> Sentence {
    let list = names.joined(separator: ", ")
    return Sentence("one of: \(list)", "một trong: \(list)")
  }

  package static func keepOne(of names: some Collection<String>) -> Sentence {
    let list = names.joined(separator: ", ")
    return Sentence("keep one of: \(list)", "hãy giữ một trong: \(list)")
  }

  /// `write PREFIX a or b`.
  package static func write(_ prefix: String, anyOf names: some Collection<String>) -> Sentence {
    Sentence("write \(prefix)", "hãy viết \(prefix)") + Sentence(anyOf: names)
  }

  /// `a or b`.
  package init(anyOf names: some Collection<String>) {
    self.init(names.joined(separator: " or "), names.joined(separator: " hoặc "))
  }

  package static func knownHere(_ names: some Collection<String>) -> Sentence {
    let list = names.joined(separator: ", ")
    return Sentence("known here: \(list)", "ở đây có: \(list)")
  }
}
