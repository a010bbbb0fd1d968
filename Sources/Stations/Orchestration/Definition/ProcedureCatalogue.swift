import Deadlines
package import ServiceKit

/// The procedures of a folder, every edition of each: `<name>/<version>.yaml`.
///
/// New instances go by the latest edition; those under way by the one with which they began, so files are never removed while
/// somebody goes by them.
package struct ProcedureCatalogue: Sendable {
  /// By name, the latest edition last.
  package let procedures: [String: [ProcedureDefinition]]

  /// A file of another name than what it says and one that cannot be read are errors; all come at once.
  package init(folder: String) throws(ConfigurationErrors) {
    var files = ConfigurationFiles()
    var procedures: [String: [ProcedureDefinition]] = [:]
    for (name, paths) in VersionedFiles.list(folder, &files) {
      procedures[name] = paths.compactMap { path in
        files.read(path) { section in
          let definition = ProcedureDefinition(reading: section)
          VersionedFiles.check(
            section, name: ("procedure", definition.version.name, name), definition.version.number, path)
          return definition
        }
      }.sorted { $0.version.number < $1.version.number }
    }
    try files.finish()
    self.procedures = procedures
  }

  /// The latest edition of a procedure, or the one of this number.
  package func procedure(_ name: String, version: Int? = nil) -> ProcedureDefinition? {
    version.map { number in procedures[name]?.first { $0.version.number == number } } ?? procedures[name]?.last
  }
}
