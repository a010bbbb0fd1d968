import DocumentKit
import ServiceKit
import XMLKit

extension ProfileReading {
  private static let envelopeKeys = ["wrap", "add", "list", "form", "multipart", "soap"]

  static func hasEnvelope(_ section: ConfigurationSection) -> Bool {
    envelopeKeys.contains { section.node($0) != nil }
  }

  /// What an operation or a variant says of the body; without a word the payload is the body.
  static func envelope(_ section: ConfigurationSection) -> PayloadEnvelope {
    let given = envelopeKeys.filter { section.node($0) != nil }
    guard let kind = given.first else { return .raw }
    if given.count > 1 {
      section.note(
        Sentence("a body is made in one way", "thân chỉ được tạo theo một cách"), key: given[1],
        remedy: .keepOne(of: envelopeKeys))
    }
    if kind == "list" {
      if !section.boolean("list") {
        section.note(
          Sentence("a body that is no list is the payload itself", "thân không phải danh sách thì chính là nội dung"),
          key: "list", remedy: Sentence("remove it", "hãy bỏ đi"))
      }
      return .list
    }
    // JSON objects are read as they stand: their members may be anything.
    if kind == "add" { return .add(added(section)) }
    if kind == "wrap" { return .wrap(wrapped(section)) }
    let inner = section.section(kind)
    switch kind {
    case "form": return .form(members(inner, in: section, kind, forms: [.text, .base64]))
    case "multipart": return .multipart(multipart(inner))
    default: return .soap(soap(inner))
    }
  }

  /// Members that go before the payload's own.
  private static func added(_ section: ConfigurationSection) -> [PayloadEnvelope.Member] {
    let members = jsonMembers(section, "add", allowing: .request, checksum: .checksum)
    if members.isEmpty {
      section.note(
        Sentence("nothing is added to the payload", "không có gì được thêm vào nội dung"), key: "add",
        remedy: Sentence("name a member, or remove ‘add’", "hãy nêu một trường, hoặc bỏ ‘add’"))
    }
    return members
  }

  /// Members of a JSON object of which one places the payload.
  private static func wrapped(_ section: ConfigurationSection) -> [PayloadEnvelope.Member] {
    let forms = PayloadEnvelope.PayloadForm.allCases
    let members = jsonMembers(section, "wrap", allowing: .request, checksum: .checksum, forms: forms)
    checkPayload(members, in: section, "wrap", forms: forms)
    return members
  }

  /// Texts of which one places the payload, in one of `forms`.
  private static func members(
    _ inner: ConfigurationSection, in section: ConfigurationSection, _ key: String,
    forms: [PayloadEnvelope.PayloadForm]
  ) -> [PayloadEnvelope.Member] {
    let members = inner.keys.map { name in
      let text = inner.string(name, mayBeEmpty: true)
      let value: PayloadEnvelope.Member.Value =
        if let form = forms.first(where: { $0.rawValue == text }) {
          .payload(form)
        } else {
          .text(parse(text, inner, name, allowing: .request))
        }
      return PayloadEnvelope.Member(name: name, value: value)
    }
    checkPayload(members, in: section, key, forms: forms)
    return members
  }

  private static func checkPayload(
    _ members: [PayloadEnvelope.Member], in section: ConfigurationSection, _ key: String,
    forms: [PayloadEnvelope.PayloadForm]
  ) {
    let payloads = members.count { if case .payload = $0.value { true } else { false } }
    if payloads != 1 {
      section.note(
        Sentence("the payload is placed \(payloads) times", "nội dung được đặt \(payloads) lần"), key: key,
        remedy: Sentence("write one member that is ", "hãy viết một trường là ")
          + Sentence(anyOf: forms.map { "\"\($0.rawValue)\"" }))
    }
  }

  private static func multipart(_ section: ConfigurationSection) -> MultipartEnvelope {
    let fields = section.section("fields")
    let name = section.string("file")
    for text in fields.keys + [name] where text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
      section.note(
        Sentence("the name of a field is one line", "tên trường nằm trên một dòng"), key: "file",
        remedy: Sentence("remove control characters", "hãy bỏ ký tự điều khiển"))
    }
    return MultipartEnvelope(
      fields: fields.keys.map { name in
        PayloadEnvelope.Member(
          name: name, value: .text(template(fields, name, allowing: .request, mayBeEmpty: true)))
      },
      name: name,
      fileName: section.node("fileName") == nil
        ? TextTemplate(place: .dossier) : template(section, "fileName", allowing: .path),
      contentType: section.string("contentType", default: "application/octet-stream"))
  }

  private static func soap(_ section: ConfigurationSection) -> SOAPEnvelope {
    var call = soapHead(section)
    call.parameters = members(
      section.section("parameters"), in: section, "parameters", forms: [.whole, .text, .base64])
    return call
  }

  /// The call of a login, which has nothing to carry.
  static func loginCall(_ section: ConfigurationSection) -> SOAPEnvelope {
    let parameters = section.section("parameters")
    var call = soapHead(section)
    call.parameters = parameters.keys.map { name in
      PayloadEnvelope.Member(name: name, value: .text(template(parameters, name, allowing: .login, mayBeEmpty: true)))
    }
    return call
  }

  /// A call without its parameters, whose names are looked at.
  static func soapHead(_ section: ConfigurationSection) -> SOAPEnvelope {
    let operation = section.string("operation")
    let parameters = section.requiredSection("parameters")
    for (name, key) in [(operation, "operation")] + parameters.keys.map({ ($0, $0) })
    where !name.isEmpty && !isElementName(name) {
      (key == "operation" ? section : parameters).note(
        Sentence("this is no name of an element", "đây không phải là tên phần tử"), key: key,
        remedy: Sentence(
          "write letters, digits, hyphens and underscores", "hãy viết chữ cái, chữ số, gạch nối và gạch dưới"))
    }
    let action = section.string("action", default: "")
    if action.utf8.contains(where: { $0 < 0x20 || $0 > 0x7E || $0 == 0x22 }) {
      section.note(
        Sentence("an action is a plain address", "action là một địa chỉ thuần"), key: "action",
        remedy: Sentence("write it without quotes and blanks", "hãy viết không có dấu nháy và khoảng trắng"))
    }
    return SOAPEnvelope(
      version: section.choice("version", default: .soap11), action: action, operation: operation,
      namespace: section.string("namespace"), isQualified: section.boolean("qualified", default: true),
      parameters: [])
  }

  /// Namespaces in XML 1.0 §3, NCName.
  private static func isElementName(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { XMLCharacters.isName($0) }
  }
}
