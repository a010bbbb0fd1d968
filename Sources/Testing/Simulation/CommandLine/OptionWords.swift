import ServiceKit

/// The words of a command line, taken one after the other.
struct OptionWords {
  private var words: ArraySlice<String>

  init(_ words: [String]) {
    self.words = words[...]
  }

  mutating func nextWord() -> String? { words.popFirst() }

  /// The next option; a word that is none is refused.
  mutating func nextOption() throws(UsageError) -> String? {
    guard let word = words.popFirst() else { return nil }
    guard word.hasPrefix("--") else { throw UsageError("‘\(word)’ is no option; options begin with --") }
    return word
  }

  mutating func value(of option: String) throws(UsageError) -> String {
    guard let word = words.popFirst(), !word.hasPrefix("--") else { throw UsageError("\(option) needs a value") }
    return word
  }

  mutating func duration(of option: String) throws(UsageError) -> Duration {
    guard let duration = AgencyPlan.duration(try value(of: option)) else {
      throw UsageError("\(option) is a length of time such as 500ms, 2s or 30m")
    }
    return duration
  }

  mutating func count(of option: String, upTo most: Int) throws(UsageError) -> Int {
    guard let count = Int(try value(of: option)), (1...most).contains(count) else {
      throw UsageError("\(option) is a number from 1 to \(most)")
    }
    return count
  }

  /// `http://host:port`, without a path.
  mutating func address(of option: String) throws(UsageError) -> String {
    let text = try value(of: option)
    let rest = text.split(separator: "://", maxSplits: 1).dropFirst().first
    guard text.hasPrefix("http://") || text.hasPrefix("https://"), let rest, !rest.isEmpty, !rest.contains("/") else {
      throw UsageError("\(option) is an address without a path, such as http://127.0.0.1:8440")
    }
    return text
  }

  /// The port of `127.0.0.1:PORT`: a simulator has no place on a network.
  mutating func loopbackPort(of option: String) throws(UsageError) -> UInt16 {
    let text = try value(of: option)
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, ["127.0.0.1", "localhost"].contains(parts[0]), let port = UInt16(parts[1]) else {
      throw UsageError(
        "\(option) is 127.0.0.1:PORT; a simulator listens on this machine only, port 0 lets the kernel choose")
    }
    return port
  }

  static func unknown(_ option: String) -> UsageError {
    UsageError("the option ‘\(option)’ is not known; see --help")
  }
}
