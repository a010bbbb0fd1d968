import Dictionaries
import Gateway
import JSONKit

/// `lienthong dictionary diff`: what lies between two editions.
enum DiffDictionaryCommand: Command {
  static let name = "dictionary diff"
  static let summary = "tell what is other between two editions: added, ended, returned, renamed, moved"
  static let options = DictionaryFiles.options
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong dictionary diff PROFILE/DICTIONARY [FROM [TO]] [--site SITE | --data DIR] [--json]

    FROM and TO are numbers of editions: without TO the latest, without FROM the one before TO.

    \(DictionaryFiles.help)
      --json        one object: dictionary, from, to, changes: added[], ended[], returned[], moved[], renamed[]: code, before

    +  added    -  ended: not listed any more, or given a last day    ^  listed again    ~  renamed    >  moved: another
    parent, or another first day

    Exit codes: 0 told · 1 there is no such edition · 2 the call or the site cannot be used · 3 an edition is damaged
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    guard (1...3).contains(arguments.words.count) else {
      throw .unusable("say PROFILE/DICTIONARY, and perhaps FROM and TO")
    }
    let name = try DictionaryFiles.name(arguments.words[0])
    var numbers: [Int] = []
    for word in arguments.words.dropFirst() { numbers.append(try DictionaryFiles.number(word)) }
    let folder = try DictionaryFiles.folder(arguments)
    let to = numbers.count == 2 ? numbers[1] : nil
    guard let later = try DictionaryFiles.edition(to, of: name, in: folder) else { return .negative }
    guard let from = numbers.first ?? folder.numbers(of: name).last(where: { $0 < later.number }) else {
      Terminal.complain("there is no edition before \(later.number)")
      return .negative
    }
    guard let earlier = try DictionaryFiles.edition(from, of: name, in: folder) else { return .negative }
    show(DictionaryChanges(from: earlier, to: later), earlier, later, isJSON: arguments.has("--json"))
    return .success
  }

  private static func show(
    _ changes: DictionaryChanges, _ earlier: DictionaryEdition, _ later: DictionaryEdition, isJSON: Bool
  ) {
    guard !isJSON else {
      Terminal.printJSON { writer in
        writer.beginObject()
        writer.name("dictionary")
        writer.string(later.dictionary.description)
        writer.name("from")
        writer.integer(earlier.number)
        writer.name("to")
        writer.integer(later.number)
        writer.name("changes")
        changes.write(to: &writer)
        writer.endObject()
      }
      return
    }
    Terminal.print(
      "\(later.dictionary), edition \(earlier.number) of \(earlier.day) to \(later.number) of \(later.day): \(changes.summary)"
    )
    func name(_ code: String) -> String { later[code]?.name ?? "" }
    for code in changes.added { Terminal.print("+ \(code.padded(to: 24))\(name(code))") }
    for code in changes.ended {
      let last = later[code]?.until.map { " (last day \($0))" } ?? " (no last day any more)"
      Terminal.print("- \(code.padded(to: 24))\(name(code))\(last)")
    }
    for code in changes.returned { Terminal.print("^ \(code.padded(to: 24))\(name(code))") }
    for renaming in changes.renamed {
      Terminal.print("~ \(renaming.code.padded(to: 24))\(name(renaming.code)) (was \(renaming.before))")
    }
    for code in changes.moved {
      Terminal.print("> \(code.padded(to: 24))\(later[code]?.listed.parent.map { "below \($0)" } ?? "")")
    }
  }
}
