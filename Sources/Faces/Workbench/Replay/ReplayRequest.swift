package import DocumentKit
package import DossierModel
package import DossierStore
package import Translation

/// Which stored messages to run through two versions of a mapping.
package struct ReplayRequest: Sendable {
  /// What the site runs now.
  package var before: Mapping
  /// What it would run.
  package var after: Mapping
  /// The message types of the site; those whose documents the mapping cannot be given are left out.
  package var types: [MessageType]
  /// The mappings into the canonical document by message type, for a mapping that reads the canonical document.
  package var toCanonical: [String: Mapping]
  package var filter: MessageFilter
  /// Whether a message went a certain route, which is decided by who sent it and by the canonical document; nil takes all.
  package var route: (@Sendable (Envelope, MessageType, DocumentTree) -> Bool)?
  package var comparison = ComparisonOptions()
  /// Texts of the documents may be shown in patterns; codes are shown in any case.
  package var showsValues = false

  package init(
    before: Mapping, after: Mapping, types: [MessageType], toCanonical: [String: Mapping], filter: MessageFilter,
  ) {
    self.before = before
    self.after = after
    self.types = types
    self.toCanonical = toCanonical
    self.filter = filter
  }
}
