import Glibc
import ServiceKit
import Simulation

/// `lienthong-simulator`: the partners of the gateway, and the demo.
@main
struct Main {
  static func main() {
    let signals = ProcessSignals()
    signals.prepare()
    let code: Int32
    do {
      switch try SimulatorCommand(parsing: Array(CommandLine.arguments.dropFirst())) {
      case .help(let text):
        say(text)
        code = 0
      case .portal(let server, let options): code = SimulatorRun.portal(server, options, signals)
      case .agency(let server, let options): code = SimulatorRun.agency(server, options, signals)
      case .vxp(let options): code = VXPRun.play(options, signals)
      case .service(let server, let options): code = SimulatorRun.service(server, options, signals)
      case .exchange(let server, let options): code = SimulatorRun.exchange(server, options, signals)
      case .story(let options): code = StoryRun.play(options, signals)
      }
    } catch {
      complain("lienthong-simulator: \(error.message)\n\n\(Usage.overview)")
      code = 2
    }
    exit(code)
  }

  /// A line to standard output, at once: a pipe's reader sees the address before the program ends.
  static func say(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// A line to standard error.
  static func complain(_ text: String) { write(text, to: STDERR_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    let line = text.hasSuffix("\n") ? text : text + "\n"
    var rest = Array(line.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
