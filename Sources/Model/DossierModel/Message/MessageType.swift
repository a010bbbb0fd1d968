package import DocumentKit

/// One kind of message in one partner tongue: how it is recognised, checked, and turned into and out of the canonical
/// dossier. It is data (a partner profile's `messages`), shared by reception, the line and delivery.
package struct MessageType: Sendable, Equatable {
  /// `<profile>/<message>`, for example `dvcqg-a/ho-so`.
  package var name: String
  package var format: DocumentTree.Format
  package var kind: MessageKind
  /// XPath, true at the root element of a document of this type.
  package var recognise: String
  /// Path below `Schemas/`.
  package var schema: String
  /// Name of the mapping into the canonical document; nil for a tongue that only receives.
  package var toCanonical: String?
  /// Name of the mapping out of the canonical document; nil for a tongue that only sends.
  package var fromCanonical: String?
  /// XPath on the canonical document's root: only documents where it holds are written in this type; nil for all.
  package var when: String?
  /// A message of this type tells only part of a dossier; the rest is what an earlier message told.
  package var isPartial: Bool
  /// XPath giving the tongue's own identity of a message, evaluated at its root; nil where the tongue has none.
  package var identity: String?

  package init(
    name: String, format: DocumentTree.Format, kind: MessageKind, recognise: String, schema: String,
    toCanonical: String? = nil, fromCanonical: String? = nil, when: String? = nil, isPartial: Bool = false,
    identity: String? = nil
  ) {
    self.name = name
    self.format = format
    self.kind = kind
    self.recognise = recognise
    self.schema = schema
    self.toCanonical = toCanonical
    self.fromCanonical = fromCanonical
    self.when = when
    self.isPartial = isPartial
    self.identity = identity
  }
}
