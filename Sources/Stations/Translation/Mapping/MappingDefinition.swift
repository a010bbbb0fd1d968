package import DocumentKit

/// A mapping as its author wrote it: every row with its place, nothing compiled yet.
///
/// This is what tools read to check, count and explain a mapping; `Mapping` is what translates with it.
package struct MappingDefinition: Sendable {
  /// One end of the mapping.
  package struct Source: Sendable {
    /// Path below the folder of schemas, such as `dvcqg-a/1/ho-so.schema.json`.
    package let schema: String
    package let format: DocumentTree.Format
    /// Prefixes that expressions may use, with their namespaces.
    package let namespaces: [String: String]
    package let position: YAMLPosition
  }

  /// The other end.
  package struct Target: Sendable {
    package let schema: String
    package let format: DocumentTree.Format
    /// The name of the root element; `root` for JSON.
    package let root: TargetName
    package let position: YAMLPosition
  }

  /// A source path nobody reads, and why that is no loss.
  package struct Ignored: Sendable {
    package let from: Expression
    package let reason: String
    package let position: YAMLPosition
  }

  /// An XPath 1.0 expression and its place.
  package struct Expression: Sendable {
    package let text: String
    package let position: YAMLPosition
  }

  /// How bad it is that a leaf of the source is read by no row and ignored by no entry.
  package enum UnreadPolicy: String, Sendable, CaseIterable {
    case ignore
    case warn
    case error
  }

  /// Which end is the canonical one, and so which end `time: F` and a code table's `foreign` speak of.
  package enum Flow: Sendable {
    /// From a partner to the canonical form.
    case inbound
    /// From the canonical form to a partner.
    case outbound
    /// Neither end is canonical, or both are.
    case direct
  }

  /// `<source>--<target>`.
  package let name: String
  package let version: Int
  package let source: Source
  package let target: Target
  package let rows: [MappingRow]
  package let ignored: [Ignored]
  /// What a check makes of leaves of the source that nobody reads or ignores.
  package let unread: UnreadPolicy
  package let position: YAMLPosition

  package var flow: Flow { Self.flow(from: source.schema, to: target.schema) }

  static func flow(from source: String, to target: String) -> Flow {
    switch (isCanonical(source), isCanonical(target)) {
    case (false, true): .inbound
    case (true, false): .outbound
    default: .direct
    }
  }

  private static func isCanonical(_ schema: String) -> Bool {
    schema.hasPrefix("canonical/")
  }
}
