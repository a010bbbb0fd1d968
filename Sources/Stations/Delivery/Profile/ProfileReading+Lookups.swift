import DocumentKit
import JSONKit
import ServiceKit

extension ProfileReading {
  private static let lookupOutcomes: [String: AnswerRule.Outcome] = [
    "found": .accepted, "notFound": .absent, "sessionExpired": .sessionExpired, "retry": .retry, "refused": .refused,
  ]

  private enum LookupMethod: String, CaseIterable {
    case get = "GET"
    case post = "POST"
  }

  private static let lookupAnswers = 1_024...(32 << 20)
  private static let lookupTimeouts = Duration.milliseconds(100)...(.seconds(300))

  /// `lookups`: questions by names of the profile's choice.
  static func lookups(_ delivery: ConfigurationSection, _ surroundings: Surroundings) -> [PartnerLookup] {
    delivery.namedSections("lookups").map { name, section in
      if !TextTemplate.Place.isName(name) {
        section.note(
          Sentence("a lookup is called by its name in an address", "tra cứu được gọi bằng tên trong địa chỉ"),
          remedy: Sentence(
            "write letters, digits, hyphens and underscores", "hãy viết chữ cái, chữ số, gạch nối và gạch dưới"))
      }
      return lookup(section, named: name, surroundings)
    }
  }

  private static func lookup(
    _ section: ConfigurationSection, named name: String, _ surroundings: Surroundings
  ) -> PartnerLookup {
    let hasBody = section.node("json") != nil
    let method =
      section.node("method") == nil
      ? (hasBody ? LookupMethod.post : .get) : section.choice("method", default: LookupMethod.get)
    if hasBody, method == .get {
      section.note(
        Sentence("a GET has no body", "GET không có thân"), key: "json",
        remedy: Sentence("remove it, or write method: POST", "hãy bỏ đi, hoặc viết method: POST"))
    }
    let answers = section.requiredSection("answers")
    let format = answers.choice("format", default: surroundings.answersFormat)
    if format == .text {
      answers.note(
        Sentence(
          "plain text is no document that a mapping could read",
          "văn bản thuần không phải là tài liệu mà bản ánh xạ đọc được"), key: "format",
        remedy: Sentence("write json or xml", "hãy viết json hoặc xml"))
    }
    let rules = rules(answers, format: format, surroundings, outcomes: lookupOutcomes, variants: nil)
    if answers.isPresent, !rules.contains(where: { $0.outcome == .accepted }) {
      answers.note(
        Sentence("no rule says when it is found", "không quy tắc nào nói khi nào là tìm thấy"), key: "rules",
        remedy: Sentence("add a rule with outcome: found", "hãy thêm một quy tắc có outcome: found"))
    }
    let parameters = parameters(section)
    let path = path(section, allowing: .lookupPath)
    let members = hasBody ? jsonMembers(section, "json", allowing: .lookup, checksum: .lookupChecksum) : nil
    let headers = headers(section, allowing: .lookup)
    check(
      parameters, places: [path] + headers.flatMap(\.templates) + (members ?? []).flatMap(\.value.templates), section)
    return PartnerLookup(
      name: name, title: section.optionalString("title") ?? name, parameters: parameters, method: method.rawValue,
      path: path, headers: headers, members: members,
      timeout: section.duration("timeout", in: lookupTimeouts, default: .seconds(20)),
      largest: section.byteCount("largest", in: lookupAnswers, default: AnswerLimits.standard.bytes),
      answers: AnswerRules(format: format, rules: rules, otherwise: .unreadable), schema: section.string("schema"),
      toCanonical: section.string("toCanonical"))
  }

  /// `NAME: pattern`, or `NAME: { pattern: …, optional: true }`.
  private static func parameters(_ section: ConfigurationSection) -> [PartnerLookup.Parameter] {
    let all = section.section("parameters")
    all.allowAnyKey()
    return all.keys.map { name in
      if !TextTemplate.Place.isName(name) {
        all.note(
          Sentence("this is no name of a parameter", "đây không phải là tên tham số"), key: name,
          remedy: Sentence(
            "write letters, digits, hyphens and underscores", "hãy viết chữ cái, chữ số, gạch nối và gạch dưới"))
      }
      guard all.node(name)?.mapping != nil else {
        return PartnerLookup.Parameter(name: name, pattern: pattern(all, name), isOptional: false)
      }
      let inner = all.section(name)
      return PartnerLookup.Parameter(
        name: name, pattern: pattern(inner, "pattern"), isOptional: inner.boolean("optional", default: false))
    }
  }

  private static func pattern(_ section: ConfigurationSection, _ key: String) -> JSONKit.TextPattern {
    let text = section.string(key)
    if !text.isEmpty, !text.hasPrefix("^") || !text.hasSuffix("$") {
      section.note(
        Sentence(
          "a pattern says what the whole text is: it goes into somebody else's system",
          "mẫu phải nói về toàn bộ chuỗi: chuỗi này đi vào hệ thống của bên khác"), key: key,
        remedy: Sentence("write it from ^ to $", "hãy viết từ ^ đến $"))
    }
    do throws(JSONKit.TextPattern.Fault) {
      return try JSONKit.TextPattern(text)
    } catch {
      section.note(
        Sentence("the pattern cannot be used: \(error.message)", "không dùng được mẫu này: \(error.message)"), key: key,
        remedy: Sentence("write one of JSON Schema's", "hãy viết mẫu theo JSON Schema"))
      guard let none = try? JSONKit.TextPattern("^$") else { preconditionFailure("an empty text has a pattern") }
      return none
    }
  }

  /// Every parameter is placed, and every place has a parameter.
  private static func check(
    _ parameters: [PartnerLookup.Parameter], places templates: [TextTemplate], _ section: ConfigurationSection
  ) {
    let placed = Set(
      templates.flatMap(\.places).compactMap { place -> String? in
        if case .parameter(let name) = place { name } else { nil }
      })
    let known = Set(parameters.map(\.name))
    for name in placed.subtracting(known).sorted() {
      section.note(
        Sentence("no parameter is called ‘\(name)’", "không có tham số nào tên ‘\(name)’"), key: "parameters",
        remedy: NearestName.of(name, among: known.sorted()).map(Sentence.didYouMean)
          ?? Sentence("add it", "hãy thêm vào"))
    }
    for name in known.subtracting(placed).sorted() {
      section.section("parameters").note(
        Sentence("nothing places {parameters.\(name)}", "không chỗ nào đặt {parameters.\(name)}"), key: name,
        remedy: Sentence("remove it, or place it where it belongs", "hãy bỏ đi, hoặc đặt vào đúng chỗ"))
    }
  }
}
