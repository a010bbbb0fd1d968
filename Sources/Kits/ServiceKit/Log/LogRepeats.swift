/// Counts the lines of each event and says which are too many: pure, the time is an argument.
struct LogRepeats {
  enum Decision: Equatable {
    /// Write it; `suppressed` lines of the event were held back before.
    case write(suppressed: Int)
    case suppress
  }

  private struct Window {
    let event: StaticString
    var start: MonotonicInstant
    var lines = 0
    var suppressed = 0
  }

  private let linesLimit: Int
  private let length: Duration
  /// By the address of the event's text, which is constant data of the program: the table cannot outgrow the source.
  private var windows: [UInt: Window] = [:]
  private var lastSweep: MonotonicInstant?

  init(limits: LogLimits) {
    linesLimit = limits.repeatedLines
    length = limits.repeatWindow
  }

  mutating func decide(_ event: StaticString, at now: MonotonicInstant) -> Decision {
    let key = UInt(bitPattern: event.utf8Start)
    var window = windows[key] ?? Window(event: event, start: now)
    defer { windows[key] = window }
    var suppressed = 0
    if now - window.start >= length {
      suppressed = window.suppressed
      window = Window(event: event, start: now)
    }
    guard window.lines < linesLimit else {
      window.suppressed += 1
      return .suppress
    }
    window.lines += 1
    return .write(suppressed: suppressed)
  }

  /// The events whose window has ended with lines held back and that have not been told since; asks at most once a
  /// window length. With `all`, also those whose window is still open.
  mutating func takeSuppressed(at now: MonotonicInstant, all: Bool = false) -> [(event: StaticString, count: Int)] {
    if !all, let lastSweep, now - lastSweep < length { return [] }
    lastSweep = now
    var told: [(event: StaticString, count: Int)] = []
    for (key, window) in windows where window.suppressed > 0 && (all || now - window.start >= length) {
      told.append((window.event, window.suppressed))
      windows[key]?.suppressed = 0
    }
    return told
  }
}
