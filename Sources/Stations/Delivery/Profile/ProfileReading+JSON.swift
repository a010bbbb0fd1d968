import CryptographyKit
import DocumentKit
import ServiceKit

extension ProfileReading {
  /// The members of a JSON object that the profile writes, by YAML's core schema: what is not quoted and looks like a number,
  /// `true`, `false` or `null` is one. `{ base64: VALUE }` is the JSON of the value in base64, `{ checksum: … }` is computed.
  ///
  /// - Parameters:
  ///   - checksum: what a computed member may be over; nil where there is none.
  ///   - forms: how a member may place the payload.
  static func jsonMembers(
    _ section: ConfigurationSection, _ key: String, allowing allowed: Allowed, checksum: Allowed? = nil,
    forms: [PayloadEnvelope.PayloadForm] = []
  ) -> [PayloadEnvelope.Member] {
    guard let node = section.node(key) else { return [] }
    guard let mapping = node.mapping else {
      section.note(
        Sentence("the members of a JSON object are needed here", "ở đây cần các trường của một đối tượng JSON"),
        key: key, remedy: Sentence("write NAME: value", "hãy viết TÊN: giá trị"))
      return []
    }
    return mapping.members.map { member in
      if let checksum, let computed = member.value["checksum"], member.value.mapping?.members.count == 1 {
        return PayloadEnvelope.Member(
          name: member.key, value: .checksum(self.checksum(computed, section, key, allowing: checksum)))
      }
      if let text = member.value.scalar?.text, let form = forms.first(where: { $0.rawValue == text }) {
        return PayloadEnvelope.Member(name: member.key, value: .payload(form))
      }
      switch value(member.value, section, key, allowing: allowed) {
      case .text(let template): return PayloadEnvelope.Member(name: member.key, value: .text(template))
      case let value: return PayloadEnvelope.Member(name: member.key, value: .json(value))
      }
    }
  }

  private static func value(
    _ node: YAMLNode, _ section: ConfigurationSection, _ key: String, allowing allowed: Allowed
  ) -> JSONTemplate {
    if let mapping = node.mapping {
      if mapping.members.count == 1, let inner = node["base64"] {
        return .base64(value(inner, section, key, allowing: allowed))
      }
      return .object(
        mapping.members.map {
          JSONTemplate.Member(name: $0.key, value: value($0.value, section, key, allowing: allowed))
        })
    }
    if let elements = node.sequence { return .list(elements.map { value($0, section, key, allowing: allowed) }) }
    guard let scalar = node.scalar else { return .literal("null") }
    if scalar.isTyped, let literal = scalar.jsonLiteral { return .literal(literal) }
    return .text(parse(scalar.text, section, key, allowing: allowed, at: node.position))
  }

  /// Of a member that is computed; `secret` is the name of the key's secret.
  static let checksumKeys = ["algorithm", "secret", "of", "between"]

  private static func checksum(
    _ node: YAMLNode, _ section: ConfigurationSection, _ key: String, allowing allowed: Allowed
  ) -> ChecksumTemplate {
    for name in node.mapping?.keys ?? [] where !checksumKeys.contains(name) {
      section.note(
        Sentence("a checksum has no ‘\(name)’", "mã kiểm tra không có ‘\(name)’"), key: key, at: node[name]?.position,
        remedy: .knownHere(checksumKeys))
    }
    let word = node["algorithm"]?.scalar?.text ?? ""
    let algorithm = FieldChecksum.Algorithm(rawValue: word)
    if algorithm == nil {
      section.note(
        Sentence("a checksum needs an algorithm", "mã kiểm tra cần một thuật toán"), key: key, at: node.position,
        remedy: .write("algorithm: ", anyOf: FieldChecksum.Algorithm.allCases.map(\.rawValue)))
    }
    let secret = node["secret"]?.scalar?.text
    if (secret != nil) != (algorithm == .hmacSHA256), algorithm != nil {
      section.note(
        Sentence("an HMAC has a key, and nothing else has", "HMAC có khóa, ngoài ra không loại nào có"), key: key,
        at: node.position,
        remedy: Sentence(
          "write secret: NAME with hmacSHA256; with sha256 place {secrets.NAME} under ‘of’",
          "hãy viết secret: TÊN với hmacSHA256; với sha256 hãy đặt {secrets.TÊN} dưới ‘of’"))
    }
    let parts = node["of"]?.sequence ?? []
    if parts.isEmpty {
      section.note(
        Sentence("a checksum is over something", "mã kiểm tra phải tính trên một nội dung"), key: key,
        at: node.position, remedy: Sentence("write of: [ … ]", "hãy viết ‘of: [ … ]’"))
    }
    return ChecksumTemplate(
      checksum: FieldChecksum(algorithm ?? .sha256, separator: node["between"]?.scalar?.text ?? ""),
      key: secret.flatMap { TextTemplate.Place("secrets.\($0)") }.map { TextTemplate(place: $0) }
        ?? TextTemplate(literal: ""),
      parts: parts.map { parse($0.scalar?.text ?? "", section, key, allowing: allowed, at: $0.position) })
  }
}
