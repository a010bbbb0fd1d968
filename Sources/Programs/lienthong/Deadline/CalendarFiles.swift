import Deadlines
import DocumentKit
import ServiceKit

/// Opens the calendars for a command.
enum CalendarFiles {
  static let options = ["--calendars"]

  static func open(_ arguments: Arguments) throws(CommandFailure) -> CalendarCatalogue {
    do throws(ConfigurationErrors) {
      return try CalendarCatalogue(folder: arguments.value("--calendars") ?? "Deploy/calendars")
    } catch {
      let language = try LanguageOption.read(arguments)
      let head = Sentence("the calendars cannot be used:", "không dùng được các lịch:")
      throw .unusable(head.text(in: language) + "\n" + error.text(in: language))
    }
  }
}
