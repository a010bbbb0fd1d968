import DocumentKit
import Glibc

/// `lienthong`: the gateway and the tools around it, one program.
@main
struct Lienthong {
  static var commands: [any Command.Type] {
    [
      ServeCommand.self, CheckCommand.self, DossierCommand.self, QueueCommand.self, DeadCommand.self,
      PollCommand.self,
      MessageCommand.self, CopyStoreCommand.self,
      ValidateCommand.self, TransformCommand.self, JSONCommand.self, SecretCommand.self, VersionCommand.self,
      RunMapCommand.self, SampleMapCommand.self, TestMapCommand.self, CoverageMapCommand.self, ExplainMapCommand.self,
      LossMapCommand.self,
      DiffMapCommand.self, ReplayMapCommand.self, ShowSchemaCommand.self, PathsSchemaCommand.self,
      SampleSchemaCommand.self, InferSchemaCommand.self,
      CheckMapCommand.self, NewMapCommand.self,
      CheckPartnerCommand.self, DescribePartnerCommand.self, TryPartnerCommand.self, OpenAPIPartnerCommand.self,
      ListDictionariesCommand.self, ShowDictionaryCommand.self, DiffDictionaryCommand.self, FetchDictionaryCommand.self,
      ExplainDeadlineCommand.self,
      ReportCommand.self, ReconcilePortalCommand.self,
      CheckProcedureCommand.self, ShowProcedureCommand.self, SimulateProcedureCommand.self,
      ListProcedureCommand.self, TraceProcedureCommand.self, OrderProcedureCommand.self,
    ]
  }

  static func main() {
    let code = run(Array(CommandLine.arguments.dropFirst()))
    fflush(nil)
    // Not `exit`: a thread that still ends a connection would meet libraries that have torn themselves down.
    _exit(code.rawValue)
  }

  private static let families = [
    CommandFamily(name: "map", purpose: "write, check and try mappings"),
    CommandFamily(name: "partner", purpose: "check, read and try how partners are spoken to"),
    CommandFamily(name: "dictionary", purpose: "see and fetch the dictionaries of partners, and what changed in them"),
    CommandFamily(name: "portal", purpose: "see whether the portal has what it should have"),
    CommandFamily(name: "procedure", purpose: "check, see, play and follow procedures of several agencies"),
    CommandFamily(name: "deadline", purpose: "see how deadlines are counted"),
    CommandFamily(name: "store", purpose: "move a site's store"),
    CommandFamily(name: "schema", purpose: "look into schemas and make samples of them"),
  ]

  private static func run(_ arguments: [String]) -> ExitCode {
    guard let name = arguments.first, name != "--help", name != "-h", name != "help" else {
      Terminal.print(overview)
      return arguments.isEmpty ? .unusable : .success
    }
    if name == "--version" { return perform(VersionCommand.self, []) }
    if let family = families.first(where: { $0.name == name }) { return run(arguments.dropFirst(), of: family) }
    guard let command = commands.first(where: { $0.name == name }) else {
      Terminal.complain("lienthong: there is no command '\(name)'; `lienthong --help` lists them")
      return .unusable
    }
    return perform(command, Array(arguments.dropFirst()))
  }

  /// A command whose name is two words, such as `map check`.
  private static func run(_ arguments: ArraySlice<String>, of family: CommandFamily) -> ExitCode {
    let members = commands.filter { $0.name.hasPrefix(family.name + " ") }
    if let word = arguments.first, let command = members.first(where: { $0.name == family.name + " " + word }) {
      return perform(command, Array(arguments.dropFirst()))
    }
    guard let word = arguments.first, word != "help", !arguments.contains("--help"), !arguments.contains("-h") else {
      Terminal.print(family.help(members))
      return arguments.isEmpty ? .unusable : .success
    }
    Terminal.complain(
      "lienthong: there is no command '\(family.name) \(word)'; `lienthong \(family.name) --help` lists them")
    return .unusable
  }

  private static func perform(_ command: any Command.Type, _ arguments: [String]) -> ExitCode {
    if arguments.contains("--help") || arguments.contains("-h") {
      Terminal.print(command.help)
      return .success
    }
    do throws(CommandFailure) {
      return try command.run(try Arguments(parsing: arguments, for: command))
    } catch {
      let language = LanguageOption.told(in: arguments, for: command)
      Terminal.complain("lienthong \(command.name): \(error.message.text(in: language))")
      return error.exitCode
    }
  }

  private static var overview: String {
    var lines = [
      "lienthong: trục liên thông hồ sơ — routes dossiers between agencies and the national portal",
      "", "Usage: lienthong COMMAND …", "", "Commands:",
    ]
    for command in commands where !command.name.contains(" ") {
      lines.append("  " + command.name.padded(to: 12) + command.summary)
    }
    for family in families {
      lines.append("  " + (family.name + " …").padded(to: 12) + family.purpose)
    }
    lines += [
      "", "`lienthong COMMAND --help` tells more.", "",
      "Exit codes: 0 done · 1 the answer is no (invalid, not found) · "
        + "2 the call, a file or the site cannot be used · 3 the database or the machine failed",
    ]
    return lines.joined(separator: "\n")
  }
}
