package import DocumentKit

/// Reads configuration files one by one and gathers what is wrong with any of them: one run, one list.
package struct ConfigurationFiles {
  package private(set) var errors: [ConfigurationError] = []

  package init() {}

  /// Reads one file with `body`; nil when the file is unreadable or has errors, which are gathered.
  package mutating func read<Value>(_ path: String, _ body: (ConfigurationSection) -> Value) -> Value? {
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

  /// Notes that a folder or file cannot be read at all.
  package mutating func note(unreadable path: String, _ message: Sentence, remedy: Sentence) {
    let place = YAMLPosition(file: path, line: 1, column: 1)
    errors.append(ConfigurationError(.unreadable, at: place, path: "", message, remedy: remedy))
  }

  /// Throws everything gathered; after it what was read may be used.
  package func finish() throws(ConfigurationErrors) {
    guard errors.isEmpty else { throw ConfigurationErrors(errors) }
  }
}
