import Deadlines
import DossierModel
import Orchestration
import Workbench
import XMLKit

/// `lienthong procedure show`: a procedure as text or as a picture.
enum ShowProcedureCommand: Command {
  static let name = "procedure show"
  static let summary = "show the steps of a procedure, as text or as a picture"
  static let options = ProcedureFiles.options
  static let flags = ["--graph"]
  static let help = """
    Usage: lienthong procedure show NAME[/VERSION] [--graph] [--procedures DIR]

      --graph           an SVG picture on standard output

    \(ProcedureFiles.help)

    Exit codes: 0 shown · 2 the call or a file cannot be used
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let name = try arguments.words("NAME")[0]
    let definition = try ProcedureFiles.procedure(name, try ProcedureFiles.procedures(arguments))
    Terminal.print(arguments.has("--graph") ? ProcedureGraph(definition).svg : text(definition))
    return .success
  }

  private static func text(_ definition: ProcedureDefinition) -> String {
    var lines = ["\(definition.version)  \(definition.title)"]
    if !definition.codes.isEmpty { lines.append("codes    " + definition.codes.sorted().joined(separator: ", ")) }
    lines.append("level    \(definition.level.rawValue)")
    if let time = definition.time { lines.append("time     " + words(time)) }
    if let choice = definition.choice {
      let options = choice.options.map { "\($0.name) (\($0.title))" }.joined(separator: ", ")
      lines.append("choice   \(choice.number.lowerBound) to \(choice.number.upperBound) of \(options)")
    }
    for step in definition.steps { lines += [""] + describe(step) }
    return lines.joined(separator: "\n")
  }

  private static func describe(_ step: StepDefinition) -> [String] {
    var lines = ["\(step.id)  \(step.title)", "  agency       " + words(step.agency)]
    func add(_ label: String, _ text: String?) {
      if let text, !text.isEmpty { lines.append("  " + label.padded(to: 13) + text) }
    }
    let after = step.after.map(\.text).joined(separator: ", ")
    add("after", after.isEmpty ? nil : after + (step.after.count > 1 ? " (\(step.join.rawValue))" : ""))
    add("choice", step.choice)
    add("when", step.condition?.source)
    add("needs", step.needs.joined(separator: ", "))
    add("results", step.results.keys.sorted().joined(separator: ", "))
    add("exchange", step.exchange == .none ? nil : step.exchange.rawValue)
    add("done when", step.doneWhen?.source)
    add("refused when", step.refusedWhen?.source)
    add("appoints", step.appoints ? "the date that it gives is the citizen's appointment" : nil)
    add("accepts", step.accepts ? "sender and portal are told that the dossier is accepted" : nil)
    add("time", step.time.map { words($0) + (step.isInProcedureTime ? "" : ", outside the procedure's time") })
    add("on expiry", step.expiry == .late ? nil : step.expiry.rawValue)
    add("supplements", step.supplements.map(\.term.description).joined(separator: ", "))
    add("returns to", step.returnsTo.sorted().map(\.text).joined(separator: ", "))
    add("hands over", step.handsOver ? "the result, which ends the whole as returned" : nil)
    add("told the end", step.isToldTheEnd ? "its agency learns once that the whole has ended" : nil)
    add("on refusal", step.refusal == .procedure ? nil : step.refusal.rawValue)
    return lines
  }

  private static func words(_ agency: AgencyChoice) -> String {
    switch agency {
    case .fixed(let party): party.text
    case .table(let by, let rows, let otherwise):
      "by \(by.source): \(rows.count) rows" + (otherwise.map { ", otherwise \($0)" } ?? "")
    }
  }

  private static func words(_ time: TimeAllowed) -> String {
    let cutOff = time.rule.cutOff.map { ", until \($0)" } ?? ""
    return "\(time.term.amount) \(time.term.unit.name) (\(time.office)\(cutOff))"
  }
}
