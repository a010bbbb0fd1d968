import DocumentKit
import Orchestration
import ServiceKit

/// Opens the procedures for a command.
enum ProcedureFiles {
  static let help = """
      --procedures DIR  the folder of procedures; Deploy/procedures unless told
      --calendars DIR   the folder of calendars; Deploy/calendars unless told
    """
  static let options = ["--procedures"] + CalendarFiles.options

  static func procedures(_ arguments: Arguments) throws(CommandFailure) -> ProcedureCatalogue {
    do throws(ConfigurationErrors) {
      return try ProcedureCatalogue(folder: arguments.value("--procedures") ?? "Deploy/procedures")
    } catch {
      let language = try LanguageOption.read(arguments)
      let head = Sentence("the procedures cannot be used:", "không dùng được các quy trình:")
      throw .unusable(head.text(in: language) + "\n" + error.text(in: language))
    }
  }

  /// `NAME` in its latest edition, or `NAME/N`.
  static func procedure(_ words: String, _ catalogue: ProcedureCatalogue) throws(CommandFailure) -> ProcedureDefinition
  {
    guard let edition = EditionName(words),
      let found = catalogue.procedure(edition.name, version: edition.version)
    else {
      let known = catalogue.procedures.keys.sorted().joined(separator: ", ")
      throw .unusable("there is no procedure '\(words)'; known here: \(known)")
    }
    return found
  }
}
