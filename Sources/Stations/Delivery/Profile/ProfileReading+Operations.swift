import DocumentKit
import DossierModel
import ServiceKit

extension ProfileReading {
  /// Methods that carry a body.
  enum Method: String, CaseIterable {
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
  }

  static func method(_ section: ConfigurationSection) -> String {
    section.choice("method", default: Method.post).rawValue
  }

  static func path(_ section: ConfigurationSection, allowing allowed: Allowed) -> TextTemplate {
    let path = template(section, "path", allowing: allowed)
    switch path.parts.first {
    case .literal(let text) where !text.hasPrefix("/"):
      section.note("a path begins with /", key: "path", remedy: "write it from the address on, such as /token")
    case .place(.value), .literal, nil: break
    case .place: section.note("a path begins with /", key: "path", remedy: "write / before the brace")
    }
    return path
  }

  /// One operation for each kind of message the partner takes.
  static func operations(
    _ delivery: ConfigurationSection, profile: String, messages: YAMLMapping?, _ surroundings: Surroundings
  ) -> [PartnerOperation] {
    let section = delivery.requiredSection("operations")
    let kinds = MessageKind.allCases.map(\.rawValue)
    if section.isPresent, section.keys.isEmpty {
      section.note("the profile has no operation", remedy: "add one for: " + kinds.joined(separator: ", "))
    }
    // Asking for every kind makes them known, so that a key of another name is told with the nearest of them.
    return kinds.compactMap { kind in
      guard section.node(kind) != nil else { return nil }
      return operation(section.section(kind), profile: profile, messages: messages, surroundings)
    }
  }

  private static func operation(
    _ section: ConfigurationSection, profile: String, messages: YAMLMapping?, _ surroundings: Surroundings
  ) -> PartnerOperation {
    let message = section.string("message")
    let entry = messages?[message]
    if !message.isEmpty, entry == nil {
      let known = messages?.keys ?? []
      section.note(
        "the profile has no message of this name", key: "message",
        remedy: NearestName.of(message, among: known).map { "did you mean ‘\($0)’?" }
          ?? "known here: " + known.joined(separator: ", "))
    }
    let format = entry?.mapping?["format"]?.scalar.flatMap { MessageType.Format(rawValue: $0.text) }
    let variants = variants(section)
    let wraps = variants.contains { $0.envelope != .raw }
    if wraps, format == .xml {
      section.note("an XML message cannot be a member of a JSON object", remedy: "remove wrap")
    }
    let contentType =
      section.optionalString("contentType") ?? (wraps ? MessageType.Format.json : format ?? .json).contentType
    return PartnerOperation(
      message: "\(profile)/\(message)", method: method(section), path: path(section, allowing: .path),
      headers: headers(section, allowing: .request), contentType: contentType, variants: variants,
      question: question(section, surroundings))
  }

  private static func variants(_ section: ConfigurationSection) -> [PartnerOperation.Variant] {
    guard section.node("variants") != nil else {
      return [PartnerOperation.Variant(name: "", envelope: envelope(section))]
    }
    if section.node("wrap") != nil {
      section.note("with variants, each has its own wrap", key: "wrap", remedy: "move it into the variants")
    }
    let named = section.namedSections("variants")
    if named.isEmpty {
      section.note("there is no variant", key: "variants", remedy: "add one, or remove the key")
      return [PartnerOperation.Variant(name: "", envelope: .raw)]
    }
    return named.map { PartnerOperation.Variant(name: $0.name, envelope: envelope($0.section)) }
  }

  private static func envelope(_ section: ConfigurationSection) -> PayloadEnvelope {
    guard section.node("wrap") != nil else { return .raw }
    let wrap = section.section("wrap")
    let members = wrap.keys.map { name in
      let text = wrap.string(name, mayBeEmpty: true)
      let value: PayloadEnvelope.Member.Value =
        switch text {
        case "{payload}": .payload
        case "[{payload}]": .payloadList
        default: .text(parse(text, wrap, name, allowing: .request))
        }
      return PayloadEnvelope.Member(name: name, value: value)
    }
    let payloads = members.filter { $0.value == .payload || $0.value == .payloadList }
    if payloads.count != 1 {
      section.note(
        "the payload is placed \(payloads.count) times", key: "wrap",
        remedy: "write \"{payload}\" or \"[{payload}]\" for one member")
    }
    return .wrap(members)
  }
}
