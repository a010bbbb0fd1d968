package import DossierModel

/// Something that a partner had for us, as it came.
package struct PollItem: Sendable, Equatable {
  package var poll: PollID
  /// What the partner calls it; the digest of its bytes where it has no name.
  package var name: String
  /// The type of message that it is; nil where that is to be recognised.
  package var type: String?
  package var bytes: [UInt8]
  package let digest: MessageDigest

  package init(poll: PollID, name: String, type: String? = nil, bytes: [UInt8]) {
    self.poll = poll
    self.name = name
    self.type = type
    self.bytes = bytes
    digest = MessageDigest(of: bytes)
  }

  /// Bytes of a name that are kept and shown; of a longer one its digest stands for the rest.
  package static let nameBytesLimit = 200
}
