package import CryptographyKit

/// A member that is computed over other fields when a request is made: which, in what order, with whose secret.
package struct ChecksumTemplate: Sendable, Equatable {
  package var checksum: FieldChecksum
  /// The key of an HMAC; empty where there is none.
  package var key: TextTemplate
  /// In the order in which they are put behind one another.
  package var parts: [TextTemplate]
}
