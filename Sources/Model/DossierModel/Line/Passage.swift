package import DocumentKit
package import JSONKit
package import XMLKit

/// One message on its way along the line, filled in station by station. It lives on one thread and is never stored.
package struct Passage {
  /// The recipient of a message and the type of message it understands.
  package struct Recipient: Sendable, Equatable {
    package var party: PartyID
    package var type: MessageType
    package var coalescing: Coalescing

    package init(party: PartyID, type: MessageType, coalescing: Coalescing = .none) {
      self.party = party
      self.type = type
      self.coalescing = coalescing
    }
  }

  /// The message as one recipient gets it.
  package struct Output {
    package var recipient: Recipient
    /// nil while the output is held.
    package var tree: DocumentTree?
    /// The final bytes; empty while the output is held.
    package var bytes: [UInt8]
    /// The SHA-256 of the files it names or holds; of one that is held, those of the message.
    package var files: [String]
    /// Why it cannot go out yet, or nil.
    package var heldReason: String?
    /// The documents inside strings of the message.
    package var nested: [NestedDocument]
    /// What its translation cut or filled in, for the journal; nil for nothing.
    package var note: String?

    package init(
      recipient: Recipient, tree: DocumentTree?, bytes: [UInt8], files: [String] = [], heldReason: String? = nil,
      nested: [NestedDocument] = [], note: String? = nil
    ) {
      self.recipient = recipient
      self.tree = tree
      self.bytes = bytes
      self.files = files
      self.heldReason = heldReason
      self.nested = nested
      self.note = note
    }
  }

  package let envelope: Envelope
  package let type: MessageType
  /// What was received, and where in it this message starts: a generation-A request carries many.
  package let source: DocumentTree
  package let root: XMLNode
  /// The same place in JSON, for JSON Schema; nil for XML.
  package let json: JSONValue?
  /// The message's own bytes.
  package let body: [UInt8]
  /// Whom the sender names as its receivers, where its tongue does; nil leaves them to the routes.
  package let addressees: Set<PartyID>?

  /// Set by the translation into the canonical document.
  package var canonical: DocumentTree?
  /// The documents inside strings that this translation read.
  package var nestedSources: [NestedDocument] = []
  /// What it cut or filled in, and what could not be checked, for the journal; nil for nothing.
  package var note: String?
  /// The SHA-256 of the files that came in it, or that it names.
  package var files: [String] = []
  package var fields: DossierFields?
  package var facts = CaseFacts()
  /// What it means to a procedure that is conducted; nil where none is concerned.
  package var conducted: ConductedMessage?
  /// Set by the recipient list.
  package var recipients: [Recipient] = []
  /// Set by the translation for each recipient, in the order of `recipients`.
  package var outputs: [Output] = []

  package init(
    envelope: Envelope, type: MessageType, source: DocumentTree, root: XMLNode, json: JSONValue?,
    body: [UInt8], addressees: Set<PartyID>? = nil
  ) {
    self.envelope = envelope
    self.type = type
    self.source = source
    self.root = root
    self.json = json
    self.body = body
    self.addressees = addressees
  }

  /// Says one more thing for the journal.
  package mutating func add(note more: String?) {
    guard let more else { return }
    note = note.map { "\($0); \(more)" } ?? more
  }
}
