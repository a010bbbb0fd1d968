/// Commands of two words with the first in common, such as `map check` and `map test`.
struct CommandFamily {
  let name: String
  let purpose: String

  func help(_ members: [any Command.Type]) -> String {
    let lines = members.map { "  " + $0.name.padded(to: 16) + $0.summary }
    return """
      Usage: lienthong \(name) COMMAND …

      \(purpose.prefix(1).uppercased() + purpose.dropFirst()).

      \(lines.joined(separator: "\n"))

      `lienthong \(name) COMMAND --help` tells more.
      """
  }
}
