import DocumentKit
import FileKit
package import ServiceKit

/// The calendars and office hours of a folder: `holidays/<name>/<version>.yaml` and `offices/<name>.yaml`.
///
/// A file of another name than what it says, a version twice, or one that cannot be read is an error; all errors come at
/// once.
package struct CalendarCatalogue: Sendable {
  /// By name, the latest version last.
  package let calendars: [String: [HolidayCalendar]]
  package let offices: [String: OfficeHours]

  package init(folder: String) throws(ConfigurationErrors) {
    var errors: [ConfigurationError] = []
    var calendars: [String: [HolidayCalendar]] = [:]
    for name in Self.folders(in: folder + "/holidays", &errors) {
      let read = FolderListing.files(in: "\(folder)/holidays/\(name)", ending: ".yaml").compactMap { path in
        Self.read(path, &errors) { section in
          let calendar = HolidayCalendar(reading: section)
          if calendar.version.name != name {
            section.note("the folder is named ‘\(name)’", key: "calendar", remedy: "let them agree")
          }
          if !path.hasSuffix("/\(calendar.version.number).yaml") {
            section.note("the file is not named so", key: "version", remedy: "name it NUMBER.yaml")
          }
          return calendar
        }
      }
      calendars[name] = read.sorted { $0.version.number < $1.version.number }
    }
    var offices: [String: OfficeHours] = [:]
    for path in FolderListing.files(in: folder + "/offices", ending: ".yaml") {
      let name = path.dropLast(".yaml".utf8.count).split(separator: "/").last.map(String.init) ?? path
      offices[name] = Self.read(path, &errors) { OfficeHours(reading: $0) }
    }
    guard errors.isEmpty else { throw ConfigurationErrors(errors) }
    self.calendars = calendars
    self.offices = offices
  }

  /// The latest version of a calendar, or the one of this number.
  package func calendar(_ name: String, version: Int? = nil) -> HolidayCalendar? {
    version.map { number in calendars[name]?.first { $0.version.number == number } } ?? calendars[name]?.last
  }

  private static func read<Value>(
    _ path: String, _ errors: inout [ConfigurationError], _ body: (ConfigurationSection) -> Value
  ) -> Value? {
    do throws(YAMLError) {
      let reader = ConfigurationReader(try YAMLDocument(contentsOf: path))
      let value = body(reader.root)
      do throws(ConfigurationErrors) {
        try reader.finish()
        return value
      } catch {
        errors += error.errors
      }
    } catch {
      errors += ConfigurationErrors(error).errors
    }
    return nil
  }

  private static func folders(in folder: String, _ errors: inout [ConfigurationError]) -> [String] {
    do throws(FileError) {
      return try FolderListing(of: folder).folders
    } catch {
      let place = YAMLPosition(file: folder, line: 1, column: 1)
      errors.append(ConfigurationError(.unreadable, at: place, path: "", error.message, remedy: "look at the folder"))
      return []
    }
  }
}
