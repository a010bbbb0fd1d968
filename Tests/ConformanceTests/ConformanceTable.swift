/// The table of partners and cases, as it stands in the manual.
enum ConformanceTable {
  static func row(_ profile: String, _ results: [ConformanceCase: Bool]) -> String {
    let cells = ConformanceCase.allCases.map { results[$0].map { $0 ? "✓" : "✗" } ?? "–" }
    return "| \(profile) | " + cells.joined(separator: " | ") + " |"
  }

  /// The rows of a table, by profile.
  static func rows(of text: String) -> [String: String] {
    var rows: [String: String] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("| ") && !line.hasPrefix("| Profile") {
      let name = line.dropFirst(2).prefix { $0 != " " }
      if name.first?.isLetter == true { rows[String(name)] = String(line) }
    }
    return rows
  }

  static func text(_ rows: [String: String]) -> String {
    let cases = ConformanceCase.allCases
    let legend = cases.enumerated().map { "\($0.offset + 1). `\($0.element.rawValue)`: \($0.element.sentence)" }
    return """
      # What every profile stands

      Written by the conformance kit (`swift test --filter ConformanceTests`), which takes each profile of this folder through the whole
      gateway against its simulated partner, and folders against OpenSSH's own server. ✓ stands, – does not concern the profile (it
      has no session, no file, no message that way; a file has no `Content-Type`). A new profile gets the kit for nothing: it needs
      a file in `Deploy/simulators`.

      | Profile | \(cases.indices.map { "\($0 + 1)" }.joined(separator: " | ")) |
      |---|\(cases.map { _ in "---" }.joined(separator: "|"))|
      \(rows.sorted { $0.key < $1.key }.map(\.value).joined(separator: "\n"))

      \(legend.joined(separator: "\n"))

      """
  }
}
