import DocumentKit

/// The words of a call, sorted into options, flags and the rest. `--` ends the options.
struct Arguments {
  private var values: [String: [String]] = [:]
  private var flags: Set<String> = []
  private(set) var words: [String] = []
  private let command: String

  /// Refuses what the command does not know, and an option without its value.
  init(parsing arguments: [String], for command: any Command.Type) throws(CommandFailure) {
    self.command = command.name
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "--" {
        words += rest
        return
      }
      guard word.hasPrefix("-"), word != "-" else {
        words.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      if command.options.contains(parts[0]) {
        guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
          throw .unusable(
            Sentence(
              "\(parts[0]) needs a value; `lienthong \(command.name) --help` shows how",
              "\(parts[0]) cần một giá trị; xem `lienthong \(command.name) --help`"))
        }
        values[parts[0], default: []].append(value)
      } else if command.flags.contains(word) {
        flags.insert(word)
      } else {
        let known = (command.options + command.flags).sorted().joined(separator: " ")
        throw .unusable(
          Sentence(
            "unknown option \(parts[0]); it knows \(known.isEmpty ? "none" : known): "
              + "`lienthong \(command.name) --help` tells what they do",
            "không có tùy chọn \(parts[0]); lệnh này có \(known.isEmpty ? "không tùy chọn nào" : known): "
              + "xem `lienthong \(command.name) --help`"))
      }
    }
  }

  /// The value given last.
  func value(_ option: String) -> String? { values[option]?.last }
  /// Every value, of an option that may be given more than once.
  func values(_ option: String) -> [String] { values[option] ?? [] }
  func has(_ flag: String) -> Bool { flags.contains(flag) }

  /// Exactly this many words, named for the error.
  func words(_ names: String...) throws(CommandFailure) -> [String] {
    guard words.count == names.count else {
      let expected = names.isEmpty ? "no words" : names.joined(separator: " ")
      throw .unusable(
        Sentence(
          "expects \(expected), got \(words.count) word(s); `lienthong \(command) --help` shows how",
          "cần \(names.isEmpty ? "không từ nào" : expected), nhận được \(words.count) từ; "
            + "xem `lienthong \(command) --help`"))
    }
    return words
  }
}
