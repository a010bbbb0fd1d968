/// Lays out what happens as one line: the time since the beginning, who → whom, what, and how it stands.
package struct StoryLine: Sendable {
  package enum Mark: Sendable, Equatable {
    case done
    /// Goes wrong on purpose: a refusal or an outage that the story wants to show.
    case shown
    case failed
  }

  package var after: Duration
  package var from: String
  package var to: String
  package var what: String
  package var state: String
  package var mark: Mark

  package init(after: Duration, from: String, to: String, what: String, state: String, mark: Mark) {
    self.after = after
    self.from = from
    self.to = to
    self.what = what
    self.state = state
    self.mark = mark
  }

  private static let partyWidth = 15
  private static let whatWidth = 52

  /// `  3,214 s  Một cửa        → Trục liên thông  DongBoHoSoMC · sends a dossier …  ✓ đã ghi`
  package func text(_ style: TerminalStyle) -> String {
    let parties = "\(Self.padded(from, Self.partyWidth)) → \(Self.padded(to, Self.partyWidth))"
    let (sign, paint): (String, TerminalPaint) =
      switch mark {
      case .done: ("✓", .green)
      case .shown: ("●", .yellow)
      case .failed: ("✗", .red)
      }
    return "\(style.painted(Self.seconds(after), .dim))  \(style.painted(parties, .cyan))"
      + " \(Self.padded(what, Self.whatWidth)) \(style.painted("\(sign) \(state)", paint))"
  }

  /// Seconds with three decimals, eight places wide: `   3.214`.
  static func seconds(_ duration: Duration) -> String {
    let milliseconds = Int(duration / .milliseconds(1))
    let rest = String(milliseconds % 1_000)
    let text = "\(milliseconds / 1_000).\(String(repeating: "0", count: 3 - rest.utf8.count))\(rest)"
    return String(repeating: " ", count: max(0, 8 - text.utf8.count)) + text
  }

  /// Vietnamese letters are one column each, however many scalars they are made of.
  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
