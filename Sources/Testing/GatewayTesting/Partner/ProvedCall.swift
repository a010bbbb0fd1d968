import CryptographyKit
package import HTTPKit
import JSONKit
package import Reception

/// A callback as a partner makes it that proves who it is in its own way.
package struct ProvedCall: Sendable {
  package let headers: HTTPHeaders
  package let body: [UInt8]

  /// - Parameters:
  ///   - key: where the partner's key stands, of the profile's callbacks.
  ///   - apiKey: the partner's key.
  ///   - secret: what it makes checksums with.
  package init(_ document: [UInt8], by key: CallbackProfile.KeyPlace, apiKey: String, secret: String) {
    switch key {
    case .standard: (headers, body) = (["X-Api-Key": apiKey], document)
    case .header(let name): (headers, body) = ([name: apiKey], document)
    case .member(let name): (headers, body) = ([:], Self.document(document, with: name, apiKey))
    case .checksum(let checksum):
      let root = try? JSONDocument(parsing: document).root
      let parts = checksum.parts.map { part in
        switch part {
        case .field(let name): root?[name].flatMap { $0.string ?? $0.numberText } ?? ""
        case .secret: secret
        case .text(let text): text
        }
      }
      headers = [:]
      body = Self.document(document, with: checksum.member, checksum.checksum.text(of: parts, key: secret))
    }
  }

  /// The document with this text in a member, in the place of the one that it has.
  private static func document(_ document: [UInt8], with member: String, _ text: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.string(text)
    let written = writer.finish()
    var changed = document
    if let old = try? JSONDocument(parsing: document).root[member] {
      changed.replaceSubrange(old.byteRange, with: written)
    } else if let place = changed.firstIndex(of: UInt8(ascii: "{")) {
      let isEmpty = changed[(place + 1)...].first { $0 != UInt8(ascii: " ") } == UInt8(ascii: "}")
      changed.insert(
        contentsOf: Array("\"\(member)\": ".utf8) + written + (isEmpty ? [] : [UInt8(ascii: ",")]), at: place + 1)
    }
    return changed
  }
}
