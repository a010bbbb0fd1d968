/// Everything about one message that is recorded in one commit.
package struct MessageRecord: Sendable {
  package var envelope: Envelope
  package var fields: DossierFields
  package var facts: CaseFacts
  /// The bytes as received.
  package var body: [UInt8]
  package var deliveries: [NewDelivery]
  /// Whether it came in one request with many others: such a job may be overtaken by single dossiers.
  package var isBulk = false
  /// The SHA-256, in hexadecimal, of the files that came in the message, or that it names.
  package var files: [String]
  /// What reading the message cut or filled in, for the journal; nil for nothing.
  package var note: String?
  /// What the message means to a procedure that is conducted; nil where none is concerned.
  package var conducted: ConductedMessage?

  package init(
    envelope: Envelope, fields: DossierFields, facts: CaseFacts = CaseFacts(), body: [UInt8], deliveries: [NewDelivery],
    files: [String] = [], note: String? = nil, conducted: ConductedMessage? = nil
  ) {
    self.envelope = envelope
    self.fields = fields
    self.facts = facts
    self.body = body
    self.deliveries = deliveries
    self.files = files
    self.note = note
    self.conducted = conducted
  }
}
