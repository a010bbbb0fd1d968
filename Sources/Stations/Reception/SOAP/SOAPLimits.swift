import XMLKit

/// What the SOAP door takes.
package struct SOAPLimits: Sendable, Equatable {
  /// Bytes of a document that is sent. Larger files go by themselves (`PUT /v1/files`) and are named by their reference.
  package var documentBytes = 7_000_000
  /// Bytes of a request. In Base64, with a line end behind each 76 characters, the largest document has 9,456,140 bytes; the
  /// rest is for the envelope. libxml2 refuses a text of more than 10,000,000 bytes whatever is allowed here.
  package var envelopeBytes = 9_900_000
  /// Elements, attributes and the like of a request: its document is one text.
  package var nodes = 1_000
  /// Elements open at once.
  package var depth = 32
  /// How far a sender's clock may be off when a message says until when it holds (`wsu:Timestamp`).
  package var clockSkew = Duration.seconds(300)
  /// Messages of the inbox in one answer; the schema says the same.
  package var inboxMessages = 100

  package init() {}

  var xml: XMLLimits { XMLLimits(bytes: envelopeBytes, depth: depth, nodes: nodes) }
}
