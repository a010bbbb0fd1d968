import JSONKit
import ServiceKit
import Statistics
import Workbench

/// The part of a report that stands beside a catalogue of public services.
enum ReportServices {
  /// Nil without `--services`.
  static func table(_ arguments: Arguments, _ period: Period) throws(CommandFailure) -> ServiceTable? {
    guard let path = arguments.value("--services") else { return nil }
    do throws(ConfigurationErrors) {
      var files = ConfigurationFiles()
      let catalogue = files.read(path) { ServiceCatalogue(reading: $0) }
      try files.finish()
      return catalogue.map { ServiceTable($0, period) }
    } catch {
      throw .unusable("the catalogue of services cannot be used:\n" + error.description)
    }
  }

  /// Services by office and level, how many of them had dossiers, and how many dossiers they had.
  static func lines(_ table: ServiceTable?) -> [String] {
    guard let table else { return [] }
    func line(_ name: String, _ cells: [String]) -> String {
      cells.reduce(name.padded(to: 14)) { $0 + String(repeating: " ", count: max(1, 10 - $1.count)) + $1 }
    }
    func line(_ name: String, _ row: ServiceTable.Row) -> String {
      line(
        name,
        PublicService.levels.map { String(row.services[$0] ?? 0) }
          + [row.all, row.used, row.dossiers].map { String($0) })
    }
    let total = table.total
    let shares = PublicService.levels.map { Share(total.services[$0] ?? 0, of: total.all).percent() ?? "–" }
    return ["", "services given on \(table.period.last)"]
      + [line("", PublicService.levels.map { "level \($0)" } + ["all", "used", "dossiers"])]
      + PublicService.Office.allCases.filter { table[$0].all > 0 }.map { line($0.rawValue, table[$0]) }
      + [
        line("all", total), line("of \(total.all)", shares),
        "dossiers of services that are not listed: \(table.unlisted)",
      ]
  }

  static func write(_ table: ServiceTable?, to writer: inout JSONWriter) {
    guard let table else { return }
    writer.member("services", PublicService.Office.allCases) { office, writer in
      let row = table[office]
      writer.member("office", office.rawValue)
      for level in PublicService.levels { writer.member("level\(level)", row.services[level] ?? 0) }
      writer.member("all", row.all)
      writer.member("used", row.used)
      writer.member("dossiers", row.dossiers)
    }
    writer.member("unlistedDossiers", table.unlisted)
  }
}
