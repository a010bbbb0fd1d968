import DocumentKit
import ServiceKit

/// Reads the site's YAML files one by one and gathers what is wrong with any of them.
struct SiteFileReader {
  private(set) var lines: [String] = []

  /// Reads one file with `body`; nil when the file is unreadable or has errors, which are gathered.
  mutating func read<Value>(_ path: String, _ body: (ConfigurationSection) -> Value) -> Value? {
    do throws(YAMLError) {
      let reader = ConfigurationReader(try YAMLDocument(contentsOf: path))
      let value = body(reader.root)
      do throws(ConfigurationErrors) {
        try reader.finish()
        return value
      } catch {
        lines += error.errors.map(\.description)
        return nil
      }
    } catch {
      lines += ConfigurationErrors(error).errors.map(\.description)
      return nil
    }
  }

  mutating func note(_ line: String) { lines.append(line) }
}
