import DocumentKit
import ServiceKit
import XMLKit

extension ProfileReading {
  private static let kinds = [
    "none", "header", "basic", "session", "clientCredentials", "passwordGrant", "vxp", "standardWebhook",
    "ssh",
  ]

  /// `none`, or a mapping with one key that names the kind.
  static func authentication(
    _ delivery: ConfigurationSection, answersFormat: AnswerRules.Format
  ) -> PartnerAuthentication {
    let key = "authentication"
    guard let node = delivery.node(key) else {
      delivery.note(
        Sentence(
          "the profile does not say how the partner knows who is calling",
          "hồ sơ đối tác không nói đối tác nhận biết bên gọi bằng cách nào"),
        remedy: Sentence(
          "add ‘authentication: …’, or ‘authentication: none’",
          "hãy thêm ‘authentication: …’, hoặc ‘authentication: none’"))
      return .none
    }
    if let scalar = node.scalar {
      if scalar.text != "none" { noteKinds(delivery, key) }
      return .none
    }
    let section = delivery.section(key)
    let given = kinds.dropFirst().filter { section.node($0) != nil }
    guard given.count == 1, let kind = given.first else {
      noteKinds(delivery, key)
      return .none
    }
    let inner = section.section(kind)
    switch kind {
    case "header": return header(inner)
    case "basic":
      return .basic(username: secret(inner, "username"), password: secret(inner, "password"))
    case "vxp":
      return .vxp(
        VXPSigning(
          system: template(inner, "system", allowing: .login), secret: secret(inner, "secret"),
          hash: inner.choice("hash", default: .unpadded)))
    case "ssh": return .ssh(ssh(inner))
    case "standardWebhook": return .standardWebhook(secret: secret(inner, "secret"))
    case "session": return .session(session(inner, answersFormat: answersFormat))
    case "clientCredentials": return .oauth(clientCredentials(inner))
    default: return .oauth(passwordGrant(inner))
    }
  }

  private static func noteKinds(_ section: ConfigurationSection, _ key: String) {
    section.note(
      Sentence("one kind of authentication is needed here", "ở đây cần một cách xác thực"), key: key,
      remedy: .oneOf(kinds))
  }

  /// The name of a secret that the party gives.
  private static func secret(_ section: ConfigurationSection, _ key: String) -> TextTemplate {
    let name = section.string(key)
    guard let place = TextTemplate.Place("secrets.\(name)") else {
      // An empty stand-in was noted already.
      if !name.isEmpty {
        section.note(
          Sentence(
            "the name of a secret has letters, digits, hyphens and underscores",
            "tên của bí mật gồm chữ cái, chữ số, gạch nối và gạch dưới"), key: key,
          remedy: Sentence(
            "write the name; the secret itself is in the party's own file",
            "hãy viết tên; bản thân bí mật nằm trong tệp của bên đó"))
      }
      return TextTemplate(literal: "")
    }
    return TextTemplate(place: place)
  }

  private static func header(_ section: ConfigurationSection) -> PartnerAuthentication {
    let name = section.string("name")
    if !name.isEmpty, !isToken(name) {
      section.note(
        Sentence("this is no name of a header field", "đây không phải là tên trường đầu (header)"), key: "name",
        remedy: Sentence("write letters, digits and hyphens", "hãy viết chữ cái, chữ số và gạch nối"))
    }
    guard section.node("value") != nil else { return .header(name: name, value: secret(section, "secret")) }
    if section.node("secret") != nil {
      section.note(
        Sentence("a header has a secret or a value", "một trường đầu có secret hoặc value"), key: "secret",
        remedy: Sentence("place the secret in the value", "hãy đặt bí mật vào value"))
    }
    return .header(name: name, value: template(section, "value", allowing: .login))
  }

  private static func ssh(_ section: ConfigurationSection) -> SSHLogin {
    if (section.node("password") == nil) == (section.node("key") == nil) {
      section.note(
        Sentence("a login has a password or a key", "một đăng nhập có mật khẩu hoặc khóa"),
        remedy: Sentence("name the secret that is one of them", "hãy nêu tên bí mật là một trong hai"))
    }
    return SSHLogin(
      username: secret(section, "username"),
      password: section.node("password") == nil ? nil : secret(section, "password"),
      key: section.node("key") == nil ? nil : secret(section, "key"))
  }

  private static let lifetimes = Duration.seconds(1)...(.seconds(31_536_000))

  private static func session(
    _ section: ConfigurationSection, answersFormat: AnswerRules.Format
  ) -> SessionLogin {
    let request = section.requiredSection("request")
    let json = request.node("json") == nil ? nil : jsonMembers(request, "json", allowing: .login)
    let form = members(request, "form")
    let call = request.node("soap") == nil ? nil : loginCall(request.section("soap"))
    if [json != nil, form != nil, call != nil].count(where: { $0 }) > 1 {
      request.note(
        Sentence("a login has one body", "một đăng nhập chỉ có một thân"),
        key: json != nil && form != nil ? "form" : "soap",
        remedy: Sentence("write one of json, form, soap", "hãy viết một trong json, form, soap"))
    }
    let body: SessionLogin.Body = json.map { .json($0) } ?? form.map { .form($0) } ?? call.map { .soap($0) } ?? .none
    let namespaces = texts(section, "namespaces")
    let format = section.choice("format", default: answersFormat == .text ? .json : answersFormat)
    if format == .text {
      section.note(
        Sentence("a token cannot be found in plain text", "không tìm được mã phiên trong văn bản thuần"), key: "format",
        remedy: Sentence("write json or xml", "hãy viết json hoặc xml"))
    }
    return SessionLogin(
      method: method(request), path: path(request, allowing: .login), headers: headers(request, allowing: .login),
      body: body, format: format, success: expression(section, "success", namespaces: namespaces),
      token: requiredExpression(section, "token", namespaces: namespaces),
      lifetime: section.node("lifetime") == nil ? nil : section.duration("lifetime", in: lifetimes))
  }

  private static func clientCredentials(_ section: ConfigurationSection) -> OAuthLogin {
    oauth(
      section, .clientCredentials,
      client: OAuthLogin.Client(name: secret(section, "id"), secret: secret(section, "secret")))
  }

  private static func passwordGrant(_ section: ConfigurationSection) -> OAuthLogin {
    let hasClient = section.node("id") != nil || section.node("secret") != nil
    return oauth(
      section, .password(username: secret(section, "username"), password: secret(section, "password")),
      client: hasClient ? OAuthLogin.Client(name: secret(section, "id"), secret: secret(section, "secret")) : nil)
  }

  private static func oauth(
    _ section: ConfigurationSection, _ grant: OAuthLogin.Grant, client: OAuthLogin.Client?
  ) -> OAuthLogin {
    OAuthLogin(
      grant: grant, path: path(section, allowing: .login), client: client,
      placement: section.choice("credentials", default: .basic), scope: section.optionalString("scope"),
      headers: headers(section, allowing: .login),
      lifetime: section.node("lifetime") == nil ? nil : section.duration("lifetime", in: lifetimes))
  }

  static func members(_ section: ConfigurationSection, _ key: String) -> [NamedTemplate]? {
    guard section.node(key) != nil else { return nil }
    let members = section.section(key)
    return members.keys.map { name in
      NamedTemplate(name: name, value: template(members, name, allowing: .login, mayBeEmpty: true))
    }
  }

  static func requiredExpression(
    _ section: ConfigurationSection, _ key: String, namespaces: [String: String]
  ) -> XPathExpression {
    if let expression = expression(section, key, namespaces: namespaces) { return expression }
    // Notes a missing key; a wrong expression was noted already.
    if section.node(key) == nil { _ = section.string(key) }
    guard let standIn = try? XPathExpression("''") else { preconditionFailure("an empty text is an expression") }
    return standIn
  }
}
