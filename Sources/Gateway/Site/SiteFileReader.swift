import ServiceKit

/// Reads the site's YAML files one by one and gathers what is wrong with any of them.
struct SiteFileReader {
  private(set) var findings: [SiteFinding] = []

  /// Reads one file with `body`; nil when the file is unreadable or has errors, which are gathered.
  mutating func read<Value>(_ path: String, _ body: (ConfigurationSection) -> Value) -> Value? {
    var files = ConfigurationFiles()
    let value = files.read(path, body)
    findings += files.errors.map(SiteFinding.init)
    return value
  }

  mutating func note(_ finding: SiteFinding) { findings.append(finding) }
}
