import DocumentKit
import ServiceKit
import XMLKit

extension ProfileReading {
  /// Methods of what asks.
  private enum PollMethod: String, CaseIterable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  /// A request under a key of its own; nil where it is left out.
  static func pollRequest(
    _ section: ConfigurationSection, under key: String, words: Set<TextTemplate.PollWord>, fields: [String],
    outcomes: [String: AnswerRule.Outcome], yes: String, _ surroundings: Surroundings
  ) -> PartnerPoll.Request? {
    guard section.node(key) != nil else { return nil }
    let request = pollRequest(section.section(key), words: words, outcomes: outcomes, yes: yes, surroundings)
    for place in Set(request.templates.flatMap(\.places)) {
      guard case .pollField(let name) = place, !fields.contains(name) else { continue }
      section.section(key).note(
        Sentence("{item.\(name)} is no field of the items", "{item.\(name)} không phải là trường của các mục"),
        remedy: Sentence(
          "add ‘\(name): XPATH’ to fields of the poll", "hãy thêm ‘\(name): XPATH’ vào fields của lượt hỏi"))
    }
    return request
  }

  /// - Parameters:
  ///   - words: what the templates may place of the question.
  ///   - yes: the outcome without which nothing would ever come of it.
  static func pollRequest(
    _ section: ConfigurationSection, words: Set<TextTemplate.PollWord>, outcomes: [String: AnswerRule.Outcome],
    yes: String, _ surroundings: Surroundings
  ) -> PartnerPoll.Request {
    let (body, ownType) = body(section, words: words)
    let method = section.choice("method", default: body == nil ? PollMethod.get : .post)
    if body != nil, method == .get {
      section.note(
        Sentence("a GET has no body", "GET không có thân"), key: "method",
        remedy: Sentence("write POST, or place everything in the path", "hãy viết POST, hoặc đặt tất cả vào đường dẫn"))
    }
    let answers = section.requiredSection("answers")
    let format = answers.choice("format", default: surroundings.answersFormat)
    var inner = surroundings
    inner.namespaces.merge(texts(answers, "namespaces")) { _, own in own }
    let rules = rules(answers, format: format, inner, outcomes: outcomes, variants: nil)
    for rule in rules where rule.outcome == .absent && !rule.needsContent && rule.statuses != [204...204] {
      answers.note(
        Sentence(
          "a status alone is no proof that there is nothing", "chỉ riêng mã trạng thái không chứng tỏ là không có gì"),
        key: "rules",
        remedy: Sentence(
          "add when or contains; 204 may stand alone", "hãy thêm when hoặc contains; 204 có thể đứng một mình"))
    }
    if answers.isPresent, !rules.contains(where: { $0.outcome == outcomes[yes] }) {
      answers.note(
        Sentence("no rule says when it is \(yes)", "không quy tắc nào nói khi nào là \(yes)"), key: "rules",
        remedy: Sentence("add a rule with outcome: \(yes)", "hãy thêm một quy tắc có outcome: \(yes)"))
    }
    var headers = headers(section, allowing: .poll(words))
    if case .soap(let call)? = body, call.version == .soap11 {
      headers.append(HeaderTemplate(name: "SOAPAction", value: TextTemplate(literal: "\"\(call.action)\"")))
    }
    return PartnerPoll.Request(
      method: method.rawValue, path: path(section, allowing: .pollPath(words)), headers: headers,
      signed: signedOfPoll(section, words, surroundings), body: body,
      contentType: section.optionalString("contentType") ?? ownType,
      answers: AnswerRules(
        format: format, rules: rules, otherwise: answers.choice("otherwise", default: .unreadable)))
  }

  private static func signedOfPoll(
    _ section: ConfigurationSection, _ words: Set<TextTemplate.PollWord>, _ surroundings: Surroundings
  ) -> [NamedTemplate] {
    guard let signed = signedSection(of: section, surroundings) else { return [] }
    return signed.keys.map { NamedTemplate(name: $0, value: template(signed, $0, allowing: .pollPath(words))) }
  }

  private static func body(
    _ section: ConfigurationSection, words: Set<TextTemplate.PollWord>
  ) -> (PayloadEnvelope?, contentType: String?) {
    let given = ["json", "form", "soap"].filter { section.node($0) != nil }
    if given.count > 1 {
      section.note(
        Sentence("a body is made in one way", "thân chỉ được tạo theo một cách"), key: given[1],
        remedy: Sentence("keep one of: json, form, soap", "hãy giữ một trong: json, form, soap"))
    }
    switch given.first {
    case "json":
      return (.wrap(pollObject(section, words)), DocumentTree.Format.json.contentType)
    case "form":
      return (
        .form(pollMembers(section.section("form"), words)), "application/x-www-form-urlencoded"
      )
    case "soap":
      var call = soapHead(section.section("soap"))
      call.parameters = pollMembers(section.section("soap").section("parameters"), words)
      return (.soap(call), call.contentType)
    default: return (nil, nil)
    }
  }

  /// Texts with places.
  private static func pollMembers(
    _ section: ConfigurationSection, _ words: Set<TextTemplate.PollWord>
  ) -> [PayloadEnvelope.Member] {
    section.keys.map { name in
      let text = section.string(name, mayBeEmpty: true)
      return PayloadEnvelope.Member(name: name, value: .text(parse(text, section, name, allowing: .poll(words))))
    }
  }

  /// The members of a JSON body; `"{dossiers}"` alone is a list.
  private static func pollObject(
    _ section: ConfigurationSection, _ words: Set<TextTemplate.PollWord>
  ) -> [PayloadEnvelope.Member] {
    let list = PayloadEnvelope.Member.Value.text(TextTemplate(place: .poll(.dossiers)))
    return jsonMembers(section, "json", allowing: .poll(words)).map { member in
      member.value == list ? PayloadEnvelope.Member(name: member.name, value: .payload(.whole)) : member
    }
  }
}
