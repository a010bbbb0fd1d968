import DocumentKit

/// `--language`: in which language a command's findings are printed.
enum LanguageOption {
  static let options = ["--language"]

  /// English unless told, and where the command has no such option.
  static func read(_ arguments: Arguments) throws(CommandFailure) -> Language {
    let word = arguments.value("--language") ?? Language.english.rawValue
    guard let language = Language(rawValue: word) else { throw .unusable("--language is en or vi") }
    return language
  }
}
