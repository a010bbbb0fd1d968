import DocumentKit
import ServiceKit
import XMLKit

extension ProfileReading {
  private static let outcomes: [String: AnswerRule.Outcome] = [
    "accepted": .accepted, "alreadyThere": .alreadyThere, "sessionExpired": .sessionExpired, "retry": .retry,
    "refused": .refused, "unreadable": .unreadable,
  ]

  /// What the rules of a profile have in common with each other.
  struct Surroundings {
    var answersFormat: AnswerRules.Format
    var namespaces: [String: String]
    var hasToken: Bool
    var isSigned: Bool
    /// Whether the partner's protocol says that a status alone means that the message was taken.
    var statusProves = false
  }

  static func answers(
    _ section: ConfigurationSection, _ surroundings: Surroundings, variants: Set<String>
  ) -> AnswerRules {
    let format = section.choice("format", default: surroundings.answersFormat)
    var surroundings = surroundings
    surroundings.namespaces.merge(texts(section, "namespaces")) { _, own in own }
    surroundings.statusProves = section.boolean("statusProves", default: false)
    let rules = rules(section, format: format, surroundings, outcomes: outcomes, variants: variants)
    if section.isPresent, !rules.contains(where: { $0.outcome == .accepted }) {
      section.note(
        Sentence("no rule says when a message is accepted", "không quy tắc nào nói khi nào bản tin được nhận"),
        key: "rules", remedy: Sentence("add a rule with outcome: accepted", "hãy thêm một quy tắc có outcome: accepted")
      )
    }
    return AnswerRules(format: format, rules: rules, otherwise: section.choice("otherwise"))
  }

  /// - Parameters:
  ///   - outcomes: by the words the rules may use.
  ///   - variants: that a rule may switch to; nil where a rule cannot switch.
  static func rules(
    _ section: ConfigurationSection, format: AnswerRules.Format, _ surroundings: Surroundings,
    outcomes: [String: AnswerRule.Outcome], variants: Set<String>?
  ) -> [AnswerRule] {
    section.sections("rules").map { rule in
      let outcome = outcome(rule, outcomes, variants: variants, hasToken: surroundings.hasToken)
      return self.rule(rule, outcome, format: format, surroundings)
    }
  }

  private static func rule(
    _ section: ConfigurationSection, _ outcome: AnswerRule.Outcome, format: AnswerRules.Format,
    _ surroundings: Surroundings
  ) -> AnswerRule {
    let namespaces = surroundings.namespaces
    let rule = AnswerRule(
      outcome, statuses: statuses(section), when: expression(section, "when", namespaces: namespaces),
      contains: patterns(section), in: expression(section, "in", namespaces: namespaces))
    if format == .text, let key = ["when", "in"].first(where: { section.node($0) != nil }) {
      section.note(
        Sentence("plain text has no tree to look into", "văn bản thuần không có cây để xem"), key: key,
        remedy: Sentence("write contains, or another format", "hãy viết contains, hoặc định dạng khác"))
    }
    if section.node("in") != nil, section.node("contains") == nil {
      section.note(
        Sentence("in says where contains looks", "in cho biết contains tìm ở đâu"), key: "in",
        remedy: Sentence("add ‘contains: …’", "hãy thêm ‘contains: …’"))
    }
    let hasContent = section.node("when") != nil || section.node("contains") != nil
    if !hasContent, rule.statuses.isEmpty {
      section.note(
        Sentence("the rule has no condition", "quy tắc không có điều kiện"),
        remedy: Sentence(
          "add when, contains or status; for all the rest there is otherwise",
          "hãy thêm when, contains hoặc status; cho mọi trường hợp còn lại đã có otherwise"))
    }
    // An HTTP 200 says that something answered, perhaps a proxy. These three say that the request was dealt with.
    let isEmptyYes =
      surroundings.statusProves || rule.statuses.allSatisfy { [201...201, 202...202, 204...204].contains($0) }
    if !hasContent, rule.outcome == .accepted || rule.outcome == .alreadyThere, !isEmptyYes {
      section.note(
        Sentence(
          "a status alone is no proof that the message was taken",
          "chỉ riêng mã trạng thái không chứng tỏ bản tin đã được nhận"), key: "status",
        remedy: Sentence(
          "add when or contains; 201, 202 and 204 may stand alone",
          "hãy thêm when hoặc contains; 201, 202 và 204 có thể đứng một mình"))
    }
    return rule
  }

  private static func outcome(
    _ section: ConfigurationSection, _ outcomes: [String: AnswerRule.Outcome], variants: Set<String>?, hasToken: Bool
  ) -> AnswerRule.Outcome {
    if let variants, section.node("switch") != nil {
      let name = section.string("switch")
      if section.node("outcome") != nil {
        section.note(
          Sentence("a rule has an outcome or a switch", "một quy tắc có outcome hoặc switch"), key: "outcome",
          remedy: Sentence("remove one of the two", "hãy bỏ một trong hai"))
      }
      if !name.isEmpty, !variants.contains(name) {
        section.note(
          Sentence("no operation has such a variant", "không thao tác nào có biến thể này"), key: "switch",
          remedy: variants.isEmpty
            ? Sentence("there are none", "không có cái nào") : .knownHere(variants.sorted()))
      }
      return .switchVariant(name)
    }
    let word = section.string("outcome")
    guard let outcome = outcomes[word] else {
      if !word.isEmpty {
        let known =
          Sentence.oneOf(outcomes.keys.sorted())
          + (variants == nil ? .none : Sentence("; or ‘switch: variant’", "; hoặc ‘switch: biến_thể’"))
        let near =
          NearestName.of(word, among: Array(outcomes.keys)).map { .didYouMean($0) + Sentence(same: " ") } ?? .none
        section.note(
          Sentence("this outcome is not known", "không có kết quả này"), key: "outcome", remedy: near + known)
      }
      return .unreadable
    }
    if outcome == .sessionExpired, !hasToken {
      section.note(
        Sentence("the partner has no login to renew", "đối tác không có đăng nhập để làm mới"), key: "outcome",
        remedy: Sentence("write retry", "hãy viết retry"))
    }
    return outcome
  }

  /// `409`, `4xx`, or a list of them.
  private static func statuses(_ section: ConfigurationSection) -> [ClosedRange<Int>] {
    guard let node = section.node("status") else { return [] }
    return (node.sequence ?? [node]).compactMap { element in
      let text = element.scalar?.text ?? ""
      if text.count == 3, text.hasSuffix("xx"), let first = text.first?.wholeNumberValue, (2...5).contains(first) {
        return (first * 100)...(first * 100 + 99)
      }
      if let status = Int(text), (200...599).contains(status) { return status...status }
      section.note(
        Sentence("this is no HTTP status", "đây không phải là mã trạng thái HTTP"), key: "status",
        remedy: Sentence(
          "write 200 to 599, 2xx to 5xx, or a list of them", "hãy viết 200 đến 599, 2xx đến 5xx, hoặc một danh sách"))
      return nil
    }
  }

  /// One text or a list of them.
  private static func patterns(_ section: ConfigurationSection) -> [TextPattern] {
    guard let node = section.node("contains") else { return [] }
    let texts = node.sequence == nil ? [section.string("contains")] : section.strings("contains")
    let patterns = texts.compactMap { TextPattern($0) }
    if patterns.count < texts.count || texts.isEmpty, node.sequence != nil {
      section.note(
        Sentence("an empty text is found everywhere", "chuỗi rỗng thì ở đâu cũng thấy"), key: "contains",
        remedy: Sentence("write the text to look for", "hãy viết chuỗi cần tìm"))
    }
    return patterns
  }
}
