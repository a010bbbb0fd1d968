import DocumentKit
import JSONKit
import Translation
import Workbench

/// `lienthong map check`: what cannot be right about a mapping, before anything is run.
enum CheckMapCommand: Command {
  static let name = "map check"
  static let summary = "prove what can be proved of a mapping without running it"
  static let options = WorkbenchFiles.options + LanguageOption.options
  static let flags = ["--json", "--all", "--warnings-as-errors"]
  static let help = """
    Usage: lienthong map check [NAME[/VERSION] | FILE | all] [--language en|vi] [--json] [--all]
                               [--warnings-as-errors]

    Holds the rows of a mapping against the schemas of both its ends and against its code tables. NAME without a version is
    the latest; FILE is a mapping.yaml anywhere; without either, all mappings are checked. One finding on a line:
      FILE:line:column: rule: sentence (remedy)

      --all                  notes as well: optional places that no row feeds, or not in every group; what is not proved
      --warnings-as-errors   warnings end with 1 too
      --language             the language of the sentences; en unless told
      --json                 one object: mappings[]: mapping, errors, warnings, findings[]: level, rule, file, line,
                             column, message, messageVi, remedy, remedyVi, path, code
    \(WorkbenchFiles.help)

    Rules: compile schema expression unknown-source unknown-target unfed-required when-leaves-empty may-be-empty
    unread-source unfed-optional ignore-unknown ignore-read codes-not-total code-outside-target code-unreachable code-gap
    type-clash length-clash enumeration-clash json-type-clash first-wins list-clash dead-row written-twice order not-proved

    No finding is a proof as far as the schemas go. What a pattern, an `if` of a schema or a computed text decides shows only
    when a document is translated; --all says where. Of a stylesheet only names and paths are checked.

    Exit codes: 0 nothing wrong (warnings may be there) · 1 errors · 2 the call, a folder or a file cannot be used
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    guard arguments.words.count <= 1 else { throw .unusable("expects one mapping, a file or all") }
    let language = try LanguageOption.read(arguments)
    let reports = try reports(arguments.words.first ?? "all", arguments)
    let least: CheckFinding.Level = arguments.has("--all") ? .note : .warning
    if arguments.has("--json") {
      writeJSON(reports, from: least)
    } else {
      printText(reports, from: least, in: language)
    }
    let worst = reports.flatMap(\.findings).map(\.level).max() ?? .note
    return worst == .error || worst == .warning && arguments.has("--warnings-as-errors") ? .negative : .success
  }

  private static func reports(_ word: String, _ arguments: Arguments) throws(CommandFailure) -> [CheckReport] {
    let folder = arguments.value("--mappings") ?? "Mappings"
    let workbench: Workbench
    do throws(MappingErrors) {
      workbench = try Workbench(schemas: arguments.value("--schemas") ?? "Schemas", mappings: folder)
    } catch {
      guard !error.errors.contains(where: { $0.code == .file && $0.position.file == folder }) else {
        throw .unusable(error.text(in: try LanguageOption.read(arguments)))
      }
      return [CheckReport(label: folder, findings: error.errors.map(CheckFinding.init))]
    }
    if word == "all" { return workbench.checkAll() }
    if word.hasSuffix(".yaml") { return [try file(word, workbench)] }
    return [workbench.check(try WorkbenchFiles.ask { () throws(WorkbenchError) in try workbench.mapping(word) })]
  }

  private static func file(_ path: String, _ workbench: Workbench) throws(CommandFailure) -> CheckReport {
    do throws(YAMLError) {
      let document = try YAMLDocument(contentsOf: path)
      do throws(MappingErrors) {
        let definition = try MappingDefinition(document)
        _ = try Mapping(definition, codes: workbench.registry.codes)
        return workbench.check(definition)
      } catch {
        return CheckReport(label: path, findings: error.errors.map(CheckFinding.init))
      }
    } catch {
      throw .unusable("\(error.position): \(error.message)")
    }
  }

  // MARK: Output

  private static func printText(
    _ reports: [CheckReport], from least: CheckFinding.Level, in language: Language
  ) {
    var seen: Set<CheckFinding> = []
    for finding in reports.flatMap({ $0.findings(from: least) }) where seen.insert(finding).inserted {
      Terminal.print(finding.line(in: language))
    }
    let errors = seen.count { $0.level == .error }
    let warnings = seen.count { $0.level == .warning }
    let mappings =
      reports.count == 1
      ? Sentence(same: reports[0].label) : Sentence("\(reports.count) mappings", "\(reports.count) bản ánh xạ")
    let sum =
      mappings
      + Sentence(": \(errors) error(s), \(warnings) warning(s)", ": \(errors) lỗi, \(warnings) cảnh báo")
    Terminal.print(sum.text(in: language))
  }

  private static func writeJSON(_ reports: [CheckReport], from least: CheckFinding.Level) {
    Terminal.printJSONObject { writer in
      writer.member("mappings", reports) { report, writer in
        writer.member("mapping", report.label)
        writer.member("errors", report.count(.error))
        writer.member("warnings", report.count(.warning))
        writer.member("findings", report.findings(from: least)) { finding, writer in
          writer.member("level", finding.level.rawValue)
          writer.member("rule", finding.rule.rawValue)
          WorkbenchJSON.write(finding.position, &writer)
          WorkbenchJSON.write(finding.message, remedy: finding.remedy, &writer)
          writer.member("path", finding.path)
          writer.member("code", finding.code)
        }
      }
    }
  }
}
