import DocumentKit
import FileKit
import Glibc
import ServiceKit
import Simulation
import ThreadKit

/// Plays an edXML system from the command line: sends its documents, then takes what comes until a signal ends it.
enum VXPRun {
  /// The largest document that is sent.
  private static let fileLimit = 64 << 20

  static func play(_ options: SimulatorCommand.VXPOptions, _ signals: ProcessSignals) -> Int32 {
    let stopping = Latch()
    _ = WorkerThread(name: "signals") {
      _ = signals.next()
      stopping.set()
    }
    let line = EventLine(speaker: options.name, style: TerminalStyle(descriptor: STDERR_FILENO))
    let journal = SimulatorJournal(time: SystemTimeSource()) { Main.complain(line.text(of: $0)) }
    let system: VXPSystem
    var files: [[UInt8]] = []
    do {
      let secret = try StorySite.secret(in: options.secretFile)
      for path in options.files { files.append(try FileContent.read(path, limit: fileLimit)) }
      let service = VXPService(port: options.port, path: options.path, system: options.system, secret: secret)
      system = VXPSystem(
        VXPDocuments.Organisation(code: options.system, name: options.name), service: service,
        statuses: options.statuses, journal: journal, time: SystemTimeSource())
    } catch {
      Main.complain("lienthong-simulator vxp: \(error)")
      return 3
    }
    var isGood = true
    for file in files where !system.send(file, to: options.receivers) { isGood = false }
    var round = 0
    while round < options.rounds ?? .max {
      if round > 0, stopping.wait(deadline: options.pause) { break }
      if system.takeAll() == nil { isGood = options.rounds == nil && isGood }
      round += 1
    }
    return isGood ? 0 : 1
  }
}
