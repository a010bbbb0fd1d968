import Deadlines
import ServiceKit

/// Opens the calendars for a command.
enum CalendarFiles {
  static let options = ["--calendars"]

  static func open(_ arguments: Arguments) throws(CommandFailure) -> CalendarCatalogue {
    do throws(ConfigurationErrors) {
      return try CalendarCatalogue(folder: arguments.value("--calendars") ?? "Deploy/calendars")
    } catch {
      throw .unusable("the calendars cannot be used:\n" + error.description)
    }
  }
}
