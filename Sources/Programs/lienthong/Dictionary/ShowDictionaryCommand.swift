import Dictionaries
import Gateway
import JSONKit
import ServiceKit

/// `lienthong dictionary show`: the codes of an edition.
enum ShowDictionaryCommand: Command {
  static let name = "dictionary show"
  static let summary = "show the codes of a dictionary that are valid on a day, or one code"
  static let options = DictionaryFiles.options + ["--edition", "--on", "--code"]
  static let flags = ["--all", "--json"]
  static let help = """
    Usage: lienthong dictionary show PROFILE/DICTIONARY [--edition N] [--on DAY] [--code CODE | --all]
                                     [--site SITE | --data DIR] [--json]

    \(DictionaryFiles.help)
      --edition N   another than the latest
      --on DAY      the day on which codes hold, such as 2026-06-30; today unless told
      --code CODE   this code alone, whether it holds or not
      --all         all codes, those that have ended too
      --json        one object: dictionary, edition, fetched, codes[]: code, name, parent, from, until, vanished; changes:
                    added[], ended[], returned[], moved[], renamed[]: code, before

    Exit codes: 0 shown · 1 there is no such edition, or the code does not hold on the day · 2 the call or the site cannot
    be used · 3 the edition is damaged
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let name = try DictionaryFiles.name(try arguments.words("PROFILE/DICTIONARY")[0])
    let number = try arguments.value("--edition").map { (word) throws(CommandFailure) in
      try DictionaryFiles.number(word)
    }
    let day = try day(arguments)
    guard let edition = try DictionaryFiles.edition(number, of: name, in: try DictionaryFiles.folder(arguments)) else {
      return .negative
    }
    var shown = edition.codes
    var isValid = true
    if let code = arguments.value("--code") {
      shown = edition[code].map { [$0] } ?? []
      isValid = edition.standing(of: code, on: day) == .valid
    } else if !arguments.has("--all") {
      shown = shown.filter { $0.standing(on: day) == .valid }
    }
    if arguments.has("--json") {
      Terminal.printJSON { edition.write(shown, to: &$0) }
    } else {
      Terminal.print("\(edition.label), codes of \(day)")
      for code in shown { Terminal.print(line(code, on: day)) }
      if shown.isEmpty { Terminal.print("  none") }
    }
    return isValid ? .success : .negative
  }

  private static func day(_ arguments: Arguments) throws(CommandFailure) -> CivilDay {
    guard let text = arguments.value("--on") else { return CivilDay(SystemTimeSource().now(), offset: .vietnam) }
    guard let day = CivilDay(text) else { throw .unusable("--on '\(text)' is no day; write it like 2026-06-30") }
    return day
  }

  private static func line(_ code: DictionaryCode, on day: CivilDay) -> String {
    var parts: [String] = []
    if let parent = code.listed.parent { parts.append("below \(parent)") }
    if let from = code.listed.from { parts.append("from \(from)") }
    if let until = code.until { parts.append("until \(until)") }
    if let vanished = code.vanished { parts.append("not listed since \(vanished)") }
    return "  " + code.code.padded(to: 24) + code.name + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
  }
}
