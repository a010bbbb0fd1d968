package import DocumentKit

/// For how long the bytes of finished messages are kept, by message type: `retention` in `gateway.yaml`.
///
/// A site that says nothing keeps everything. No period here is a legal one; which ones the law asks for is the site's to
/// know and to write.
package struct RetentionPolicy: Sendable {
  package enum Period: Sendable, Equatable {
    case forever
    case time(Duration)
  }

  package struct Rule: Sendable {
    package var period: Period
    /// The line as it is told in the journal: `retention.types.dvcqg-a/ho-so: 90d`.
    package var text: String
    package var position: YAMLPosition?
  }

  /// For types that have no rule of their own.
  package var standard: Rule
  /// By the name of the message type.
  package var types: [String: Rule]

  package static let keepsAll = RetentionPolicy(
    standard: Rule(period: .forever, text: "retention.default: forever", position: nil), types: [:])

  package func rule(for type: String) -> Rule { types[type] ?? standard }

  /// Whether anything is ever removed.
  package var removesNothing: Bool { ([standard] + types.values).allSatisfy { $0.period == .forever } }
}
