import ServiceKit

/// Reads the site's YAML files one by one and gathers what is wrong with any of them.
struct SiteFileReader {
  private(set) var lines: [String] = []

  /// Reads one file with `body`; nil when the file is unreadable or has errors, which are gathered.
  mutating func read<Value>(_ path: String, _ body: (ConfigurationSection) -> Value) -> Value? {
    var files = ConfigurationFiles()
    let value = files.read(path, body)
    lines += files.errors.map(\.description)
    return value
  }

  mutating func note(_ line: String) { lines.append(line) }
}
