/// How requests are signed on the VXP wire: by whom, and with what.
///
/// The wire itself is fixed (`VXPSigner`): which fields bear the signature, what it is made over, and that CR LF stand behind
/// the document.
package struct VXPSigning: Sendable, Equatable {
  /// How the hash of the document is written.
  package enum HashSpelling: String, Sendable, CaseIterable {
    /// As the vendor's client does it: a byte below 16 has one digit.
    case unpadded
    case padded
  }

  /// The id that the partner knows this gateway by.
  package var system: TextTemplate
  /// The key of the HMAC.
  package var secret: TextTemplate
  package var hash: HashSpelling
}
