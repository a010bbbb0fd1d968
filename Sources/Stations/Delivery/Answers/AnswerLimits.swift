package import JSONKit
package import XMLKit

/// What an answer may be at most; a larger one is an answer that cannot be read.
package struct AnswerLimits: Sendable {
  /// Bytes taken off the wire and read.
  package var bytes: Int
  package var json: JSONLimits
  package var xml: XMLLimits

  package init(bytes: Int = 1 << 20, json: JSONLimits = .standard, xml: XMLLimits = .standard) {
    self.bytes = bytes
    self.json = json
    self.xml = xml
  }

  /// The same for answers of so many bytes; where the limits are other than the standard ones, they hold.
  func taking(_ bytes: Int) -> AnswerLimits {
    guard self.bytes == Self.standard.bytes else { return self }
    var limits = self
    limits.bytes = bytes
    limits.json.bytes = max(limits.json.bytes, bytes)
    limits.xml.bytes = max(limits.xml.bytes, bytes)
    return limits
  }

  package static let standard = AnswerLimits()
}
