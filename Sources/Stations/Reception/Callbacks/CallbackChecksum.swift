package import CryptographyKit
import DocumentKit
package import JSONKit
import ServiceKit

/// A checksum in a member of a callback, over other members of it and a secret: which, in what order.
package struct CallbackChecksum: Sendable, Equatable {
  package enum Part: Sendable, Equatable {
    case field(String)
    case secret
    case text(String)
  }

  package var member: String
  package var checksum: FieldChecksum
  package var parts: [Part]

  /// Whether the body bears the checksum that this secret makes. A field that is not there counts as an empty one.
  package func isValid(in body: JSONValue?, secret: String) -> Bool {
    guard let body, body.kind == .object, let given = body[member]?.string else { return false }
    let texts = parts.map { part in
      switch part {
      case .field(let name): body[name].flatMap { $0.string ?? $0.numberText } ?? ""
      case .secret: secret
      case .text(let text): text
      }
    }
    return checksum.isValid(given, of: texts, key: secret)
  }
}

extension CallbackChecksum {
  /// Reads `member`, `algorithm`, `of` and `between`.
  init(reading section: ConfigurationSection) {
    let algorithm: FieldChecksum.Algorithm = section.choice("algorithm")
    member = section.string("member")
    checksum = FieldChecksum(algorithm, separator: section.string("between", default: "", mayBeEmpty: true))
    parts = section.strings("of").map(Self.part)
    if section.isPresent, !parts.contains(where: { if case .field = $0 { true } else { false } }) {
      section.note(
        Sentence("a checksum is over fields of the message", "mã kiểm tra tính trên các trường của bản tin"), key: "of",
        remedy: Sentence("write {fields.NAME}", "hãy viết {fields.TÊN}"))
    }
    // Without a secret anybody could make it.
    if section.isPresent, algorithm == .sha256, !parts.contains(.secret) {
      section.note(
        Sentence("the checksum has no secret in it", "trong mã kiểm tra không có bí mật"), key: "of",
        remedy: Sentence("place {secret}, or write hmacSHA256", "hãy đặt {secret}, hoặc viết hmacSHA256"))
    }
  }

  private static func part(_ text: String) -> Part {
    if text == "{secret}" { return .secret }
    guard text.hasPrefix("{fields."), text.hasSuffix("}") else { return .text(text) }
    return .field(String(text.dropFirst("{fields.".count).dropLast()))
  }
}
