package import DocumentKit

/// How much of a mapping its examples use, and what they do not.
package struct CoverageReport: Sendable {
  /// What is counted apart.
  package enum Subject: String, Sendable, CaseIterable {
    /// Rows that wrote something.
    case rows
    /// Templates of a stylesheet that were entered.
    case templates
    /// Both sides of every `when`; `each` over none, one and several nodes; a default used and not used. Of a stylesheet
    /// both sides of `xsl:if`, every branch of `xsl:choose` and none of them, and how many nodes `select` found.
    case branches
    /// Rows of the code tables that the mapping uses, in the direction in which it uses them.
    case codes
    /// Leaves of the source's schema that were read.
    case sourceLeaves = "source"
    /// Leaves of the target's schema that were written.
    case targetLeaves = "target"
  }

  /// One thing that examples can use, and whether they did.
  package struct Item: Sendable {
    package let subject: Subject
    /// Where it is written; nil for a leaf of a schema.
    package let position: YAMLPosition?
    /// Such as `owner/name`, `owner/name: when is false`, `dvcqg-status: 1 → registered`.
    package let title: String
    package let isCovered: Bool

    package init(_ subject: Subject, at position: YAMLPosition?, _ title: String, isCovered: Bool) {
      self.subject = subject
      self.position = position
      self.title = title
      self.isCovered = isCovered
    }
  }

  package let mapping: String
  package let documents: Int
  package let items: [Item]
  /// Examples that could not be translated, with the reason; what they would have covered is not counted.
  package let untranslated: [String]

  package func items(_ subject: Subject) -> [Item] { items.filter { $0.subject == subject } }

  /// Covered of all, for one subject.
  package func count(_ subject: Subject) -> (covered: Int, all: Int) {
    let items = items(subject)
    return (items.count(where: \.isCovered), items.count)
  }

  /// Rows, templates, branches and code rows together, which are what the author of the mapping wrote; leaves of schemas are shown
  /// and not held against it, since a mapping may leave out what check has had explained.
  package var percentage: Double {
    let own = items.filter { [.rows, .templates, .branches, .codes].contains($0.subject) }
    return own.isEmpty ? 100 : Double(own.count(where: \.isCovered)) * 100 / Double(own.count)
  }
}
