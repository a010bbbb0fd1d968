/// A delivery as the line computed it, before it is recorded: for whom, and the final bytes.
package struct NewDelivery: Sendable {
  package var destination: PartyID
  /// Name of the `MessageType` the payload is written in.
  package var type: String
  package var payload: [UInt8]
  /// The SHA-256, in hexadecimal, of the files that the payload names or holds.
  package var files: [String]
  /// Why it cannot go out yet (an unmapped code, a file that is not here), or nil. A held delivery has no payload.
  package var heldReason: String?
  /// What the translation cut or filled in, for the journal; nil for nothing.
  package var note: String?
  /// Whether it takes the place of the word of progress before it that still waits, by a route's rule.
  package var coalesces: Bool

  package init(
    destination: PartyID, type: String, payload: [UInt8], files: [String] = [], heldReason: String? = nil,
    note: String? = nil, coalesces: Bool = false
  ) {
    self.destination = destination
    self.type = type
    self.payload = payload
    self.files = files
    self.heldReason = heldReason
    self.note = note
    self.coalesces = coalesces
  }
}
