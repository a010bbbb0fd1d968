/// Somebody who follows a guide to the letter, in a folder and with the built programs on the path.
///
/// What goes on running ends with the value.
package final class GuideReader {
  private let guide: Guide
  private let folder: String
  private var running: [ChildProcess] = []
  private let outputs = TemporaryFolder()
  /// What was not as the guide shows it; empty after a guide that holds.
  package private(set) var complaints: [String] = []
  /// Every command that was entered.
  package private(set) var entered: [String] = []

  package init(_ guide: Guide, folder: String) {
    self.guide = guide
    self.folder = folder
  }

  deinit {
    // The last started goes first, as somebody would end them.
    for process in running.reversed() {
      process.signal(15)
      _ = process.wait()
    }
  }

  /// Carries out every block in order. Ends at the first command that goes wrong: what follows it would go wrong too.
  package func follow() {
    for block in guide.blocks where complaints.isEmpty {
      if guide.write(block, to: folder) { continue }
      guard block.info.first == "console" else {
        complaints.append("\(guide.name):\(block.line): a block that nobody carries out")
        return
      }
      let commands = guide.commands(block)
      for (index, command) in commands.enumerated() {
        entered.append(command.text)
        if block.value("terminal") != nil {
          start(command)
        } else {
          let exitCode = index == commands.count - 1 ? Int32(block.value("exit") ?? "0") : 0
          enter(command, exitCode: exitCode, seconds: block.info.contains("eventually") ? 30 : 0)
        }
      }
    }
  }

  /// Enters one line, as at a prompt in the folder.
  package func run(_ command: String) -> ProgramRun {
    ProgramRun(["/bin/sh", "-c", "cd '\(folder)' && PATH='\(Self.programs)':$PATH && \(command)"])
  }

  private func enter(_ command: Guide.Command, exitCode: Int32?, seconds: Double) {
    var complaint: String?
    _ = Patience.until(seconds: seconds) {
      let run = self.run(command.text)
      let lines = Guide.trimmed(run.text)
      complaint =
        run.exitCode != exitCode
        ? "ended with \(run.exitCode.map(String.init) ?? "nothing") and \(run.errorText)\(run.text)"
        : Guide.agree(Guide.trimmed(command.expected)[...], lines[...]) ? nil : lines.joined(separator: "\n")
      return complaint == nil
    }
    if let complaint { complaints.append("\(command.place): \(command.text)\n\(complaint)") }
  }

  private func start(_ command: Guide.Command) {
    let process = ChildProcess(
      ["/bin/sh", "-c", "cd '\(folder)' && PATH='\(Self.programs)':$PATH && exec \(command.text)"],
      output: outputs.path + "/\(running.count)")
    running.append(process)
    let isThere = Patience.until {
      Guide.agree(Guide.trimmed(command.expected)[...], Guide.trimmed(process.output)[...])
    }
    if !isThere { complaints.append("\(command.place): \(command.text)\n\(process.output)") }
  }

  private static let programs = TestFiles.program("lienthong").split(separator: "/").dropLast().map { "/" + $0 }
    .joined()
}
