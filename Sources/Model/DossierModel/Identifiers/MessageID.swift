package import CryptographyKit

/// Names one accepted message, world-wide and in order of arrival (RFC 9562 UUID version 7).
package struct MessageID: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let uuid: UUIDv7

  package init(_ uuid: UUIDv7) { self.uuid = uuid }

  /// Reads the text form; nil for anything that is not one.
  package init?(_ text: String) {
    guard let uuid = UUIDv7(text) else { return nil }
    self.uuid = uuid
  }

  package var description: String { uuid.description }
  package static func < (left: MessageID, right: MessageID) -> Bool { left.uuid < right.uuid }
}
