import DocumentKit

/// `--language`: in which language a command tells what it finds, and why it ends early.
enum LanguageOption {
  static let options = ["--language"]
  /// For commands that show what is in a site's store.
  static let help = """
      --language L  en or vi; en unless told. States, failures, events and notes are in words of their own
    """

  /// English unless told, and where the command has no such option.
  static func read(_ arguments: Arguments) throws(CommandFailure) -> Language {
    let word = arguments.value("--language") ?? Language.english.rawValue
    guard let language = Language(rawValue: word) else {
      throw .unusable(Sentence("--language is en or vi", "--language phải là en hoặc vi"))
    }
    return language
  }

  /// The language in which a call is refused, which may be refused before its words are sorted.
  static func told(in words: [String], for command: any Command.Type) -> Language {
    guard command.options.contains(options[0]) else { return .english }
    var told: Language?
    for (number, word) in words.enumerated() {
      if word == options[0], number + 1 < words.count { told = Language(rawValue: words[number + 1]) }
      if word.hasPrefix(options[0] + "=") { told = Language(rawValue: String(word.dropFirst(options[0].count + 1))) }
    }
    return told ?? .english
  }
}
