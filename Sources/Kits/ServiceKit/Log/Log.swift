import Synchronization

/// Structured lines about what the program does, with a constant event name and typed fields.
///
/// A line below the level costs one atomic load; its fields are not even made. A written line costs a microsecond or
/// two and waits for nobody. Lines of one event beyond a limit are counted and told later. Any thread.
package final class Log: Sendable {
  private let threshold: Atomic<UInt8>
  private let format: LogFormat
  private let time: any TimeSource
  private let output: any LogOutput
  private let limits: LogLimits
  private let repeats: Mutex<LogRepeats>

  package init(
    level: LogLevel = .info, format: LogFormat = .logfmt, output: any LogOutput,
    time: any TimeSource = SystemTimeSource(), limits: LogLimits = .standard
  ) {
    threshold = Atomic(level.rawValue)
    self.format = format
    self.time = time
    self.output = output
    self.limits = limits
    repeats = Mutex(LogRepeats(limits: limits))
  }

  /// To a file descriptor, normally 2 (standard error, which systemd and containers collect).
  package convenience init(
    level: LogLevel = .info, format: LogFormat = .logfmt, descriptor: Int32,
    time: any TimeSource = SystemTimeSource(), limits: LogLimits = .standard
  ) {
    let output = LogDescriptor(descriptor: descriptor, bufferBytes: limits.bufferBytes) { count in
      var line = LogLine(format: format, time: time.now(), level: .warning, event: "log-lines-dropped")
      line.append([.count(count)])
      return line.finished()
    }
    self.init(level: level, format: format, output: output, time: time, limits: limits)
  }

  /// Writes nothing.
  package static let silent = Log(level: .off, output: LogMemory())

  /// The level can be changed while the program runs.
  package var level: LogLevel {
    get { LogLevel(rawValue: threshold.load(ordering: .relaxed)) ?? .off }
    set { threshold.store(newValue.rawValue, ordering: .relaxed) }
  }

  package func debug(_ event: StaticString, _ fields: @autoclosure () -> [LogField] = []) {
    guard threshold.load(ordering: .relaxed) <= LogLevel.debug.rawValue else { return }
    write(.debug, event, fields())
  }

  package func info(_ event: StaticString, _ fields: @autoclosure () -> [LogField] = []) {
    guard threshold.load(ordering: .relaxed) <= LogLevel.info.rawValue else { return }
    write(.info, event, fields())
  }

  package func warning(_ event: StaticString, _ fields: @autoclosure () -> [LogField] = []) {
    guard threshold.load(ordering: .relaxed) <= LogLevel.warning.rawValue else { return }
    write(.warning, event, fields())
  }

  package func error(_ event: StaticString, _ fields: @autoclosure () -> [LogField] = []) {
    guard threshold.load(ordering: .relaxed) <= LogLevel.error.rawValue else { return }
    write(.error, event, fields())
  }

  /// Tells of lines held back and waits until all is written; call it before the process ends.
  @discardableResult
  package func flush(deadline: Duration = .seconds(2)) -> Bool {
    tell(repeats.withLock { $0.takeSuppressed(at: time.monotonic(), all: true) })
    return output.flush(deadline: deadline)
  }

  private func write(_ level: LogLevel, _ event: StaticString, _ fields: [LogField]) {
    let now = time.monotonic()
    let (decision, told) = repeats.withLock { ($0.decide(event, at: now), $0.takeSuppressed(at: now)) }
    tell(told)
    guard case .write(let suppressed) = decision else { return }
    var line = LogLine(format: format, time: time.now(), level: level, event: event)
    line.append(fields.prefix(limits.fields))
    if suppressed > 0 { line.append([.suppressed(suppressed)]) }
    _ = output.append(line.finished())
  }

  private func tell(_ suppressed: [(event: StaticString, count: Int)]) {
    for (event, count) in suppressed {
      var line = LogLine(format: format, time: time.now(), level: .warning, event: "log-lines-suppressed")
      line.append([.reason(event), .count(count)])
      _ = output.append(line.finished())
    }
  }
}
