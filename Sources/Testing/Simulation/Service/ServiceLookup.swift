package import CryptographyKit
package import ServiceKit
package import XMLKit

/// A question that a simulated service answers from records it has.
package struct ServiceLookup: Sendable {
  /// Where a question says what it is about.
  package enum Key: Sendable {
    case query(String)
    /// In the JSON body.
    case body(XPathExpression)
  }

  package var name: String
  package var method: String
  package var path: [String]
  package var query: [String: String]
  package var key: Key
  /// Of the body, below `Schemas/`; nil for a question without one.
  package var schema: String?
  package var checksum: ServiceChecksum?
  /// Bodies by what they are about, in the form of the answers.
  package var records: [String: [UInt8]]
  package var contentType: String
  /// `unknown`, `invalid` and `refused`.
  package var answers: [String: AnswerTemplate]
  /// The file of the first record, for a test.
  package var recordFile: String?
  /// Parameters with which the gateway asks for that record.
  package var example: [String: String]
}

/// A checksum that a body must bear: in which member, over which, with which secret.
package struct ServiceChecksum: Sendable {
  package var member: String
  package var checksum: FieldChecksum
  /// With places `{secrets.NAME}` and `{fields.NAME}`.
  package var key: String
  package var parts: [String]
}
