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
      section.note(
        Sentence("a path begins with /", "đường dẫn bắt đầu bằng /"), key: "path",
        remedy: Sentence("write it from the address on, such as /token", "hãy viết tính từ địa chỉ, ví dụ /token"))
    case .place(.value), .literal, nil: break
    case .place:
      section.note(
        Sentence("a path begins with /", "đường dẫn bắt đầu bằng /"), key: "path",
        remedy: Sentence("write / before the brace", "hãy viết / trước dấu ngoặc"))
    }
    return path
  }

  /// The operations by names of the profile's choice, each for one message.
  static func operations(
    _ delivery: ConfigurationSection, profile: String, messages: YAMLMapping?, _ surroundings: Surroundings,
    isNeeded: Bool = true
  ) -> [PartnerOperation] {
    let section = isNeeded ? delivery.requiredSection("operations") : delivery.section("operations")
    guard section.isPresent else { return [] }
    let named = delivery.namedSections("operations")
    if named.isEmpty {
      section.note(
        Sentence("the profile has no operation", "hồ sơ đối tác không có thao tác nào"),
        remedy: Sentence("add one for each message that is sent", "hãy thêm một thao tác cho mỗi bản tin được gửi"))
    }
    var taken: Set<String> = []
    return named.map { name, section in
      let operation = operation(section, named: name, profile: profile, messages: messages, surroundings)
      if !taken.insert(operation.message).inserted {
        section.note(
          Sentence("another operation sends the same message", "thao tác khác đã gửi cùng bản tin này"), key: "message",
          remedy: Sentence("write variants of one operation", "hãy viết các biến thể của một thao tác"))
      }
      return operation
    }
  }

  private static func operation(
    _ section: ConfigurationSection, named name: String, profile: String, messages: YAMLMapping?,
    _ surroundings: Surroundings
  ) -> PartnerOperation {
    let message = section.string("message", default: name)
    let entry = messages?[message]
    if !message.isEmpty, entry == nil {
      let known = messages?.keys ?? []
      section.note(
        Sentence("the profile has no message of this name", "hồ sơ đối tác không có bản tin tên này"), key: "message",
        remedy: NearestName.of(message, among: known).map(Sentence.didYouMean)
          ?? .knownHere(known))
    }
    let format = entry?.mapping?["format"]?.scalar.flatMap { DocumentTree.Format(rawValue: $0.text) }
    let variants = variants(section)
    check(variants, format, section)
    let envelope = variants.first?.envelope ?? .raw
    let ownType = contentType(of: envelope, format)
    var contentType = section.optionalString("contentType") ?? ownType
    if contentType != ownType, envelope.saysContentType {
      section.note(
        Sentence("the envelope says what the body is called", "phong bì cho biết kiểu của thân"), key: "contentType",
        remedy: Sentence("remove it", "hãy bỏ đi"))
      contentType = ownType
    }
    var headers = headers(section, allowing: .request)
    if case .soap(let call) = envelope { headers += call.headers }
    return PartnerOperation(
      message: "\(profile)/\(message)", method: method(section), headers: headers,
      signed: signed(section, surroundings), contentType: contentType, variants: variants,
      batch: batch(section, variants, surroundings),
      question: question(section, surroundings),
      answers: section.node("answers") == nil
        ? nil : answers(section.section("answers"), surroundings, variants: Set(variants.map(\.name)).subtracting([""]))
    )
  }

  /// How many messages go in one request.
  private static func batch(
    _ section: ConfigurationSection, _ variants: [PartnerOperation.Variant], _ surroundings: Surroundings
  ) -> PartnerBatch? {
    guard section.node("batch") != nil else { return nil }
    let batch = section.section("batch")
    for variant in variants where !variant.envelope.isOfList {
      section.note(
        Sentence("several messages need a list in the body", "nhiều bản tin cần một danh sách trong thân"),
        key: "batch",
        remedy: Sentence(
          "write list: true, or a member \"[{payload}]\"", "hãy viết list: true, hoặc một trường \"[{payload}]\""))
    }
    let texts =
      variants.flatMap { [$0.path] + $0.envelope.texts } + headers(section, allowing: .request).flatMap(\.templates)
    if texts.contains(where: { $0.places.contains(.key) || $0.places.contains(.dossier) }) {
      section.note(
        Sentence(
          "a request of several messages has no {key} and no {dossier} of its own",
          "yêu cầu gồm nhiều bản tin không có {key} và {dossier} riêng"), key: "batch",
        remedy: Sentence("remove it", "hãy bỏ đi"))
    }
    for key in ["ask", "signed"] where section.node(key) != nil {
      section.note(
        Sentence("messages that go together have none of their own", "các bản tin đi cùng nhau không có riêng"),
        key: key, remedy: Sentence("remove it, or batch", "hãy bỏ đi, hoặc bỏ batch"))
    }
    let failed = expression(batch, "failed", namespaces: surroundings.namespaces)
    let dossier = expression(batch, "dossier", namespaces: surroundings.namespaces)
    if (failed == nil) != (dossier == nil), batch.node("failed") == nil || batch.node("dossier") == nil {
      batch.note(
        Sentence("the one is nothing without the other", "cái này không có nghĩa nếu thiếu cái kia"),
        remedy: Sentence("write failed: XPATH and dossier: XPATH", "hãy viết failed: XPATH và dossier: XPATH"))
    }
    return PartnerBatch(size: batch.integer("size", in: 2...1_000), failed: failed, dossier: dossier)
  }

  /// `signed` of an operation or of a poll's request; nil where it has none.
  static func signedSection(
    of section: ConfigurationSection, _ surroundings: Surroundings
  ) -> ConfigurationSection? {
    guard section.node("signed") != nil else { return nil }
    if !surroundings.isSigned {
      section.note(
        Sentence("the requests of this partner are not signed", "yêu cầu tới đối tác này không được ký"), key: "signed",
        remedy: Sentence("write ‘vxp’ under authentication", "hãy viết ‘vxp’ dưới authentication"))
    }
    return section.section("signed")
  }

  /// Parameters that go into the signature.
  private static func signed(_ section: ConfigurationSection, _ surroundings: Surroundings) -> [NamedTemplate] {
    guard let signed = signedSection(of: section, surroundings) else { return [] }
    return signed.keys.map { name in
      if !isToken(name) || VXPSigner.ownNames.contains(name.lowercased()) {
        signed.note(
          Sentence("this is no parameter of its own", "đây không phải là tham số riêng"), key: name,
          remedy: Sentence("these are made for every request: ", "những tham số này được tạo cho mỗi yêu cầu: ")
            + Sentence(same: VXPSigner.ownNames.sorted().joined(separator: ", ")))
      }
      return NamedTemplate(name: name, value: template(signed, name, allowing: .path))
    }
  }

  private static func variants(_ section: ConfigurationSection) -> [PartnerOperation.Variant] {
    guard section.node("variants") != nil else {
      return [
        PartnerOperation.Variant(name: "", path: path(section, allowing: .path), envelope: envelope(section))
      ]
    }
    if hasEnvelope(section) {
      section.note(
        Sentence("with variants, each has its own body", "khi có biến thể, mỗi biến thể có thân riêng"),
        key: "variants", remedy: Sentence("move it into the variants", "hãy chuyển vào các biến thể"))
    }
    let named = section.namedSections("variants")
    if named.isEmpty {
      section.note(
        Sentence("there is no variant", "không có biến thể nào"), key: "variants",
        remedy: Sentence("add one, or remove the key", "hãy thêm một biến thể, hoặc bỏ khóa này"))
    }
    let isPathShared = named.isEmpty || named.contains { $0.section.node("path") == nil }
    if !isPathShared, section.node("path") != nil {
      section.note(
        Sentence("every variant has a path of its own", "mỗi biến thể đã có đường dẫn riêng"), key: "path",
        remedy: Sentence("remove it", "hãy bỏ đi"))
    }
    let shared = isPathShared ? path(section, allowing: .path) : TextTemplate(literal: "")
    guard !named.isEmpty else { return [PartnerOperation.Variant(name: "", path: shared, envelope: .raw)] }
    return named.map { name, section in
      PartnerOperation.Variant(
        name: name, path: section.node("path") == nil ? shared : path(section, allowing: .path),
        envelope: envelope(section))
    }
  }

  /// What the body is called.
  private static func contentType(of envelope: PayloadEnvelope, _ format: DocumentTree.Format?) -> String {
    switch envelope {
    case .raw: (format ?? .json).contentType
    case .wrap, .add, .list: DocumentTree.Format.json.contentType
    case .form: "application/x-www-form-urlencoded"
    // With its boundary, which every request has of its own.
    case .multipart: "multipart/form-data"
    case .soap(let call): call.contentType
    }
  }

  /// Notes bodies that cannot hold the message, and variants that would be called differently.
  private static func check(
    _ variants: [PartnerOperation.Variant], _ format: DocumentTree.Format?, _ section: ConfigurationSection
  ) {
    for variant in variants {
      let forms = variant.envelope.members.compactMap { member -> PayloadEnvelope.PayloadForm? in
        if case .payload(let form) = member.value { form } else { nil }
      }
      let isWhole = forms.contains(.whole) || forms.contains(.list)
      let remedy = Sentence(
        "write {payload.text} or {payload.base64}", "hãy viết {payload.text} hoặc {payload.base64}")
      if case .wrap = variant.envelope, isWhole, format == .xml {
        section.note(
          Sentence(
            "an XML message cannot be a member of a JSON object", "bản tin XML không thể là trường của đối tượng JSON"),
          remedy: remedy)
      }
      if case .soap = variant.envelope, isWhole, format == .json {
        section.note(
          Sentence("a JSON message cannot be an element", "bản tin JSON không thể là phần tử XML"), remedy: remedy)
      }
      if variant.envelope.isOfJSON, format == .xml {
        section.note(
          Sentence(
            "only a JSON message can be added to or be in a list",
            "chỉ bản tin JSON mới được thêm trường hoặc nằm trong danh sách"),
          remedy: Sentence("write wrap, or nothing", "hãy viết wrap, hoặc không viết gì"))
      }
    }
    if Set(variants.map { contentType(of: $0.envelope, format) }).count > 1
      || Set(variants.map(\.envelope.action)).count > 1
    {
      section.note(
        Sentence(
          "the variants of an operation differ in their contents only",
          "các biến thể của một thao tác chỉ khác nhau về nội dung"), key: "variants",
        remedy: Sentence("make two profiles", "hãy tách thành hai hồ sơ đối tác"))
    }
  }
}

extension PayloadEnvelope {
  /// Whether there is a list that more than one payload fits into.
  fileprivate var isOfList: Bool { self == .list || members.contains { $0.value == .payload(.list) } }

  fileprivate var texts: [TextTemplate] {
    members.compactMap { if case .text(let template) = $0.value { template } else { nil } }
  }

  /// Whether the name of the body's type is part of the form.
  fileprivate var saysContentType: Bool {
    switch self {
    case .raw, .wrap, .add, .list: false
    case .form, .multipart, .soap: true
    }
  }

  /// Whether the payload must be JSON.
  fileprivate var isOfJSON: Bool {
    switch self {
    case .add, .list: true
    case .raw, .wrap, .form, .multipart, .soap: false
    }
  }

  fileprivate var action: String {
    if case .soap(let call) = self { call.action } else { "" }
  }
}
