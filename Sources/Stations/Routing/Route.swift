package import DossierModel

/// One row of the site's routes: which messages go to whom.
package struct Route: Sendable, Equatable {
  package var name: String
  package var message: MessageKind
  /// Senders it is for; nil for all.
  package var from: Set<PartyID>?
  /// XPath on the canonical document's root element; nil for always.
  package var when: String?
  package var to: [PartyID]
  package var coalescing: Coalescing

  package init(
    name: String, message: MessageKind, from: Set<PartyID>? = nil, when: String? = nil, to: [PartyID],
    coalescing: Coalescing = .none
  ) {
    self.name = name
    self.message = message
    self.from = from
    self.when = when
    self.to = to
    self.coalescing = coalescing
  }
}
