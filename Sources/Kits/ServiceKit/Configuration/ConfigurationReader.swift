package import DocumentKit

/// Reads a configuration file key by key and collects everything that is wrong with it.
///
/// Reading never throws: a value that is missing or wrong is noted, and a stand-in is returned so that reading can go
/// on. `finish` throws all notes at once, and also names every key that nobody has read, with the nearest one that was.
/// Nothing read may be used before `finish` has returned. For one thread.
///
///     let reader = ConfigurationReader(try YAMLDocument(contentsOf: path))
///     let server = reader.root.section("server")
///     let port = server.integer("port", in: 1...65_535, default: 8_080)
///     let idle = server.duration("idle", in: .seconds(1)...(.seconds(3_600)))
///     try reader.finish()
package final class ConfigurationReader {
  /// Errors beyond this number are not collected: the file is of another kind.
  package static let errorsLimit = 100

  package let file: String
  /// The top of the file.
  package let root: ConfigurationSection
  private let notes: ConfigurationNotes

  package init(_ document: YAMLDocument) {
    file = document.file
    notes = ConfigurationNotes(folder: FilePath.folder(of: document.file))
    root = ConfigurationSection(document.root, path: "", notes: notes)
  }

  /// The keys that were asked for so far, by the path of each section that is in the file, whether they are there or not: what
  /// a schema by which editors complete the file has to know. Empty after ``finish()``.
  package var asked: [String: Set<String>] { notes.asked }

  /// Throws everything noted, by the order of the file; after it the values read may be used.
  package func finish() throws(ConfigurationErrors) {
    let errors = notes.finished()
    guard errors.isEmpty else { throw ConfigurationErrors(errors) }
  }
}

extension ConfigurationErrors {
  /// A file that cannot be read as YAML, told in the same way as a wrong value.
  package init(_ error: YAMLError) {
    self.init([
      ConfigurationError(.unreadable, at: error.position, path: "", error.message, remedy: error.remedy)
    ])
  }
}
