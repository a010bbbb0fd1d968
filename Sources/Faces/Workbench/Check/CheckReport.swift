import DocumentKit

/// What `map check` says of one mapping.
package struct CheckReport: Sendable {
  /// `name/version`, or the file where there is no name.
  package let label: String
  /// In the order of the files.
  package internal(set) var findings: [CheckFinding]

  package init(label: String, findings: [CheckFinding]) {
    self.label = label
    self.findings = findings
  }

  package func count(_ level: CheckFinding.Level) -> Int { findings.count { $0.level == level } }

  /// The findings at this level and above.
  package func findings(from level: CheckFinding.Level) -> [CheckFinding] {
    findings.filter { $0.level >= level }
  }
}
