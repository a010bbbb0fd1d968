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
    let procedures = VersionedFiles.read(
      folder, naming: "procedure", &files, identity: { ($0.version.name, $0.version.number) },
      reading: ProcedureDefinition.init(reading:))
    try files.finish()
    self.procedures = procedures
  }

  /// The latest edition of a procedure, or the one of this number.
  package func procedure(_ name: String, version: Int? = nil) -> ProcedureDefinition? {
    version.map { number in procedures[name]?.first { $0.version.number == number } } ?? procedures[name]?.last
  }
}
