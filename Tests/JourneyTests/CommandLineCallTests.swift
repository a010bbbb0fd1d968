import GatewayTesting
import Testing

@Suite("The command line: how it is called", .timeLimit(.minutes(5)))
struct CommandLineCallTests {
  /// The commands as the program itself lists them.
  private var commands: [String] {
    ProgramRun.lienthong("--help").lines.filter { $0.hasPrefix("  ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
  }

  @Test("every command is in the overview and has a manual with its usage, on standard output, with exit code 0")
  func help() {
    for word in ["--help", "-h", "help"] {
      let run = ProgramRun.lienthong(word)
      #expect(run.exitCode == 0 && run.errorText.isEmpty && run.text.contains("Usage: lienthong"))
    }
    let commands = commands
    for known in [
      "serve", "check", "dossier", "queue", "message", "validate", "transform", "json", "secret", "version",
    ] {
      #expect(commands.contains(known), "\(known)")
    }
    for command in commands {
      for word in ["--help", "-h"] {
        let run = ProgramRun.lienthong(command, word)
        #expect(run.exitCode == 0 && run.errorText.isEmpty, "\(command)")
        #expect(run.text.hasPrefix("Usage: lienthong \(command)"), "\(command)")
      }
      // Also behind other words, right or wrong.
      #expect(ProgramRun.lienthong(command, "--no-such-option", "--help").exitCode == 0, "\(command)")
    }
  }

  @Test("every command of two words is in its family's list and has a manual", arguments: ["map", "schema", "partner"])
  func families(family: String) {
    let list = ProgramRun.lienthong(family, "--help").lines.filter { $0.hasPrefix("  ") }
    let members = list.compactMap { $0.split(separator: " ").prefix(2).last.map(String.init) }
    #expect(members.count == list.count)
    for member in members {
      let run = ProgramRun.lienthong(family, member, "--help")
      #expect(run.exitCode == 0 && run.text.hasPrefix("Usage: lienthong \(family) \(member)"), "\(family) \(member)")
      #expect(run.text.contains("Exit codes:"), "\(family) \(member)")
    }
    #expect(ProgramRun.lienthong(family).exitCode == 2)
    #expect(ProgramRun.lienthong(family, "no-such-command").exitCode == 2)
  }

  /// Every command by its whole name, those of two words among them.
  private var everyCommand: [[String]] {
    commands.flatMap { command -> [[String]] in
      let list = ProgramRun.lienthong(command, "--help").lines.filter { $0.hasPrefix("  \(command) ") }
      let members = list.compactMap { $0.split(separator: " ").prefix(2).last.map(String.init) }
      return members.isEmpty ? [[command]] : members.map { [command, $0] }
    }
  }

  @Test("a manual names every option that its command takes, and none that it does not take")
  func options() throws {
    let everyCommand = everyCommand
    #expect(
      everyCommand.count > 20 && everyCommand.contains(["map", "new"]) && everyCommand.contains(["schema", "show"]))
    for command in everyCommand {
      let refusal = ProgramRun([TestFiles.program("lienthong")] + command + ["--no-such-option"]).errorText
      let told = try #require(refusal.split(separator: ";").last?.split(separator: ":").first, "\(command)")
      let taken = Set(told.split(separator: " ").filter { $0.hasPrefix("--") }.map(String.init))
      // What stands between backticks is of another command.
      let manual = ProgramRun([TestFiles.program("lienthong")] + command + ["--help"]).text
        .split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .compactMap { $0.offset.isMultiple(of: 2) ? $0.element : nil }.joined(separator: " ")
      let named = Set(
        manual.split { !($0.isLetter || $0 == "-") }.filter { $0.hasPrefix("--") && $0.count > 2 }.map(String.init))
      #expect(named == taken, "\(command): \(named.symmetricDifference(taken).sorted())")
    }
  }

  @Test("everything that answers about mappings and schemas has a form for machines")
  func machines() {
    for command in everyCommand where ["map", "schema"].contains(command[0]) {
      let manual = ProgramRun([TestFiles.program("lienthong")] + command + ["--help"]).text
      #expect(manual.contains("--json  "), "\(command)")
    }
  }

  @Test(
    "a manual tells every exit code that its command can end with",
    arguments: [
      ("validate", "0 1 2"), ("json", "0 2"), ("transform", "0 2"), ("serve", "0 2 3"), ("dossier", "0 1 2 3"),
      ("message", "0 1 2 3"), ("secret", "0 2"), ("map check", "0 1 2"), ("map run", "0 1 2"), ("map test", "0 1 2"),
      ("map coverage", "0 1 2"), ("map explain", "0 1 2"), ("map loss", "0 1 2"), ("map diff", "0 1 2"),
      ("map replay", "0 1 2 3"), ("map new", "0 2 3"), ("map sample", "0 2"), ("schema show", "0 2"),
      ("schema paths", "0 1 2"), ("schema sample", "0 2"), ("schema infer", "0 2"),
      ("partner check", "0 1 2"), ("partner describe", "0 2"), ("partner try", "0 1 2"),
    ])
  func exitCodes(command: String, codes: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let manual = ProgramRun([TestFiles.program("lienthong")] + words + ["--help"]).text
    let told = try #require(manual.split(separator: "Exit codes:").last, "\(command)")
    let named = told.split(separator: "·").compactMap { $0.split(whereSeparator: \.isWhitespace).first }
    #expect(named.joined(separator: " ") == codes)
  }

  @Test("version is the program's name and version on one line")
  func version() throws {
    let run = ProgramRun.lienthong("version")
    #expect(run.exitCode == 0 && run.lines.count == 1)
    let words = try #require(run.lines.first).split(separator: " ")
    #expect(words.count == 2 && words[0] == "lienthong")
    #expect(words[1].split(separator: ".").count == 3 && words[1].first?.isNumber == true)
    #expect(ProgramRun.lienthong("--version").text == run.text)
  }

  @Test("a call without a command, or with one that is none, ends with 2 and says where to look")
  func unknownCommand() {
    let none = ProgramRun([TestFiles.program("lienthong")])
    #expect(none.exitCode == 2 && (none.text + none.errorText).contains("Usage: lienthong"))
    for word in ["sreve", "Serve", "--serve", ""] {
      let run = ProgramRun.lienthong(word)
      #expect(run.exitCode == 2 && run.text.isEmpty && run.errorText.contains("--help"), "\(word)")
    }
  }

  @Test("an unknown option, an option without its value, and words too few or too many end with 2")
  func wrongWords() {
    for command in commands {
      let run = ProgramRun.lienthong(command, "--no-such-option")
      #expect(run.exitCode == 2 && run.text.isEmpty, "\(command)")
      #expect(
        run.errorText.contains("--no-such-option") && run.errorText.contains("lienthong \(command)"), "\(command)")
    }
    for arguments in [
      ["validate", "--schema"], ["validate", "--schema", "/dev/null"], ["json"], ["json", "a", "b"], ["check"],
      ["serve"], ["message", "show"], ["message", "show", "x"], ["dossier"], ["dossier", "trace"],
      ["dossier", "list", "x"],
      ["dossier", "list", "--limit", "0"], ["dossier", "list", "--limit", "10001"], ["queue", "x"], ["version", "x"],
      ["json", "--indent=2", "/dev/null"],
    ] {
      let run = ProgramRun([TestFiles.program("lienthong")] + arguments)
      #expect(run.exitCode == 2 && run.text.isEmpty && !run.errorText.isEmpty, "\(arguments): \(run.text)")
    }
  }

  @Test("-- ends the options, so that a file may have any name")
  func endOfOptions() {
    let run = ProgramRun.lienthong("json", "--", "--jcs")
    #expect(run.exitCode == 2 && run.errorText.contains("cannot read '--jcs'"))
  }
}
