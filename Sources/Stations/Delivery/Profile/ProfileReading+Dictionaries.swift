import Dictionaries
import DocumentKit
import ServiceKit
import XMLKit

extension ProfileReading {
  private static let dictionaryOutcomes: [String: AnswerRule.Outcome] = [
    "listed": .accepted, "sessionExpired": .sessionExpired, "retry": .retry, "refused": .refused,
    "unreadable": .unreadable,
  ]

  /// `dictionaries`, by names of the profile's choice.
  static func dictionaries(
    _ delivery: ConfigurationSection, profile: String, _ surroundings: Surroundings
  ) -> [PartnerDictionary] {
    delivery.namedSections("dictionaries").compactMap { name, section in
      guard let name = DictionaryName(profile: profile, dictionary: name) else {
        section.note(
          Sentence("a dictionary is kept in a folder of its name", "danh mục được giữ trong thư mục mang tên nó"),
          remedy: Sentence(
            "write letters, digits, hyphens and underscores, at most \(DictionaryName.partBytesLimit)",
            "hãy viết chữ cái, chữ số, gạch nối và gạch dưới, nhiều nhất \(DictionaryName.partBytesLimit)"))
        return nil
      }
      return dictionary(section, name, surroundings)
    }
  }

  private static func dictionary(
    _ section: ConfigurationSection, _ name: DictionaryName, _ common: Surroundings
  ) -> PartnerDictionary {
    var surroundings = common
    surroundings.namespaces.merge(texts(section.section("answers"), "namespaces")) { _, own in own }
    // A list is evidence by itself, and an empty one is none.
    surroundings.statusProves = true
    let namespaces = surroundings.namespaces
    let pages = pages(section, surroundings)
    let list = pollRequest(
      section, words: pages == nil ? [] : [.page, .size], outcomes: dictionaryOutcomes, yes: "listed", surroundings)
    if list.answers.format == .text {
      section.note(
        Sentence("codes cannot be found in plain text", "không tìm được mã trong văn bản thuần"), key: "answers",
        remedy: Sentence("write format: json or xml", "hãy viết format: json hoặc xml"))
    }
    if pages != nil, !list.templates.contains(where: { $0.places.contains(.poll(.page)) }) {
      section.note(
        Sentence("no template of the question places {page}", "không mẫu nào của câu hỏi đặt {page}"), key: "pages",
        remedy: Sentence("place it in path, headers or body", "hãy đặt vào path, headers hoặc body"))
    }
    let dictionary = PartnerDictionary(
      name: name, title: section.optionalString("title") ?? name.dictionary, list: list,
      items: requiredExpression(section, "items", namespaces: namespaces),
      code: requiredExpression(section, "code", namespaces: namespaces),
      label: requiredExpression(section, "name", namespaces: namespaces),
      parent: expression(section, "parent", namespaces: namespaces),
      from: expression(section, "from", namespaces: namespaces),
      until: expression(section, "until", namespaces: namespaces),
      days: section.choice("days", default: .iso), pages: pages,
      plan: FetchPlan(reading: section) ?? .standard,
      vanishing: section.integer("vanishing", in: 0...100, default: DictionaryLimits.standard.vanishingPercent))
    if section.node("days") != nil, dictionary.from == nil, dictionary.until == nil {
      section.note(
        Sentence("no day is read", "không đọc ngày nào"), key: "days",
        remedy: Sentence(
          "add ‘from: XPATH’ or ‘until: XPATH’, or remove it", "hãy thêm ‘from: XPATH’ hoặc ‘until: XPATH’, hoặc bỏ đi")
      )
    }
    return dictionary
  }
}
