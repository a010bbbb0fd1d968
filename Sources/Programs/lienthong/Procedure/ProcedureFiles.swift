import Deadlines
import Orchestration
import ServiceKit

/// Opens the procedures and calendars for a command.
enum ProcedureFiles {
  static let help = """
      --procedures DIR  the folder of procedures; Deploy/procedures unless told
      --calendars DIR   the folder of calendars; Deploy/calendars unless told
    """
  static let options = ["--procedures", "--calendars"]

  static func procedures(_ arguments: Arguments) throws(CommandFailure) -> ProcedureCatalogue {
    do throws(ConfigurationErrors) {
      return try ProcedureCatalogue(folder: arguments.value("--procedures") ?? "Deploy/procedures")
    } catch {
      throw .unusable("the procedures cannot be used:\n" + error.description)
    }
  }

  static func calendars(_ arguments: Arguments) throws(CommandFailure) -> CalendarCatalogue {
    do throws(ConfigurationErrors) {
      return try CalendarCatalogue(folder: arguments.value("--calendars") ?? "Deploy/calendars")
    } catch {
      throw .unusable("the calendars cannot be used:\n" + error.description)
    }
  }

  /// `NAME` in its latest edition, or `NAME/N`.
  static func procedure(_ words: String, _ catalogue: ProcedureCatalogue) throws(CommandFailure) -> ProcedureDefinition
  {
    let parts = words.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let version = parts.count == 2 ? Int(parts[1]) : nil
    guard parts.count == 1 || version != nil, let found = catalogue.procedure(parts[0], version: version) else {
      let known = catalogue.procedures.keys.sorted().joined(separator: ", ")
      throw .unusable("there is no procedure '\(words)'; known here: \(known)")
    }
    return found
  }
}
