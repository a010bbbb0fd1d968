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

  @Test("every command of two words is in its family's list and has a manual", arguments: ["map", "schema"])
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

  @Test("a manual names every option of its command and every exit code but 0 that it can end with")
  func manuals() {
    for (command, words) in [
      ("validate", ["--schema", "--formats", "--language", "· 1 ", "· 2 "]), ("json", ["--indent", "--jcs", "· 2 "]),
      ("transform", ["--stylesheet", "· 2 "]),
      ("serve", ["--listen", "--data", "--log-level", "--log-format", "· 3 "]),
      ("dossier", ["--site", "--data", "--limit", "--json", "· 1 "]), ("queue", ["--site", "--data", "--json"]),
      ("message", ["--site", "--data", "--body", "· 1 "]), ("check", ["SITE", "· 2 "]), ("secret", ["new", "· 2 "]),
    ] {
      let text = ProgramRun.lienthong(command, "--help").text
      for word in words { #expect(text.contains(word), "\(command): \(word)") }
    }
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
