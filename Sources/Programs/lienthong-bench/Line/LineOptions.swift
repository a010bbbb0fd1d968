/// What `lienthong-bench line` was asked for.
struct LineOptions {
  var messages = 20_000
  var connections = 64
  var rounds = 3
  var threads: Int?
  /// Of the file, in MiB.
  var megabytes = 1_024
  var document = "Tests/Fixtures/bench/ho-so-8k.json"

  /// nil when a word is wrong.
  init?(parsing arguments: [String]) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      guard let value = rest.popFirst() else { return nil }
      switch (word, Int(value)) {
      case ("--messages", let number?) where (1...9_999_999).contains(number): messages = number
      case ("--connections", let number?) where (1...1_000).contains(number): connections = number
      case ("--rounds", let number?) where (1...100).contains(number): rounds = number
      case ("--threads", let number?) where (1...256).contains(number): threads = number
      case ("--megabytes", let number?) where (1...65_536).contains(number): megabytes = number
      case ("--document", _): document = value
      default: return nil
      }
    }
  }
}
