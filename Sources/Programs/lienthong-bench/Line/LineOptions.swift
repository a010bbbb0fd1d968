/// What `lienthong-bench line` was asked for.
struct LineOptions {
  /// nil unless told.
  private(set) var messagesAsked: Int?
  var messages: Int { messagesAsked ?? 20_000 }
  /// nil unless told.
  private(set) var connectionsAsked: Int?
  var connections = 64
  /// nil unless told.
  private var roundsAsked: Int?
  var threads: Int?
  /// Of the file, in MiB.
  var megabytes = 1_024
  var document = "Tests/Fixtures/bench/ho-so-8k.json"
  /// A file with the `store:` of a site; its database is empty.
  var store: String?

  /// Whether the line stands beside the script, with XML coming in.
  var besideScript = false
  /// Whether a backlog is measured on PostgreSQL, too.
  var besidePostgreSQL = false

  var rounds: Int { roundsAsked ?? (store == nil ? 3 : 1) }

  /// nil when a word is wrong.
  init?(parsing arguments: [String]) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      guard let value = rest.popFirst() else { return nil }
      switch (word, Int(value)) {
      case ("--messages", let number?) where (1...9_999_999).contains(number): messagesAsked = number
      case ("--connections", let number?) where (1...1_000).contains(number):
        (connectionsAsked, connections) = (number, number)
      case ("--rounds", let number?) where (1...100).contains(number) && (number == 1 || store == nil):
        roundsAsked = number
      case ("--threads", let number?) where (1...256).contains(number): threads = number
      case ("--megabytes", let number?) where (1...65_536).contains(number): megabytes = number
      case ("--document", _): document = value
      case ("--beside", _) where value == "script": besideScript = true
      case ("--beside", _) where value == "postgresql": besidePostgreSQL = true
      // The messages of a second round would be known already.
      case ("--store", _) where rounds == 1 || roundsAsked == nil: store = value
      default: return nil
      }
    }
  }
}
