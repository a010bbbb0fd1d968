import FileKit
package import ServiceKit

/// The calendars and office hours of a folder: `holidays/<name>/<version>.yaml` and `offices/<name>.yaml`.
///
/// A file of another name than what it says and one that cannot be read are errors; all come at once.
package struct CalendarCatalogue: Sendable {
  /// By name, the latest version last.
  package let calendars: [String: [HolidayCalendar]]
  package let offices: [String: OfficeHours]

  package init(folder: String) throws(ConfigurationErrors) {
    var files = ConfigurationFiles()
    let calendars = VersionedFiles.read(
      folder + "/holidays", naming: "calendar", &files, identity: { ($0.version.name, $0.version.number) },
      reading: HolidayCalendar.init(reading:))
    var offices: [String: OfficeHours] = [:]
    for path in FolderListing.files(in: folder + "/offices", ending: ".yaml") {
      let name = path.dropLast(".yaml".utf8.count).split(separator: "/").last.map(String.init) ?? path
      offices[name] = files.read(path) { OfficeHours(reading: $0) }
    }
    try files.finish()
    self.calendars = calendars
    self.offices = offices
  }

  /// The latest version of a calendar, or the one of this number.
  package func calendar(_ name: String, version: Int? = nil) -> HolidayCalendar? {
    version.map { number in calendars[name]?.first { $0.version.number == number } } ?? calendars[name]?.last
  }
}
