import Glibc

/// How a piece of text stands out on a terminal.
package enum TerminalPaint: String, Sendable {
  case plain = ""
  case bold = "1"
  case dim = "2"
  case red = "31"
  case green = "32"
  case yellow = "33"
  case blue = "34"
  case cyan = "36"
}

/// Whether text is painted: on a terminal it is, in a file or a pipe it never is.
package struct TerminalStyle: Sendable {
  package let isPainted: Bool

  package init(isPainted: Bool) {
    self.isPainted = isPainted
  }

  /// Painted when `descriptor` is a terminal and `NO_COLOR` (no-color.org) is not set.
  package init(descriptor: Int32) {
    isPainted = isatty(descriptor) == 1 && getenv("NO_COLOR") == nil
  }

  package func painted(_ text: String, _ paint: TerminalPaint) -> String {
    isPainted && paint != .plain ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
  }
}
