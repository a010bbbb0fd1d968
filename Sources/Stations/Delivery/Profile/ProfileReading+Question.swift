import DocumentKit
import ServiceKit

extension ProfileReading {
  private static let questionOutcomes: [String: AnswerRule.Outcome] = [
    "there": .alreadyThere, "absent": .absent, "sessionExpired": .sessionExpired, "retry": .retry,
  ]

  /// `ask` of an operation; nil where it is left out.
  static func question(_ operation: ConfigurationSection, _ surroundings: Surroundings) -> PartnerQuestion? {
    guard operation.node("ask") != nil else { return nil }
    let section = operation.section("ask")
    let hasBody = section.node("json") != nil
    let method =
      section.node("method") == nil && !hasBody
      ? "GET" : section.choice("method", default: QuestionMethod.post).rawValue
    if hasBody, method == QuestionMethod.get.rawValue {
      section.note(
        Sentence("a GET has no body", "GET không có thân"), key: "json",
        remedy: Sentence("remove it, or write method: POST", "hãy bỏ đi, hoặc viết method: POST"))
    }
    let members = hasBody ? jsonMembers(section, "json", allowing: .request) : nil
    let answers = section.requiredSection("answers")
    let format = answers.choice("format", default: surroundings.answersFormat)
    let rules = rules(
      answers, format: format, surroundings, outcomes: questionOutcomes, variants: nil)
    for (outcome, word) in [(AnswerRule.Outcome.alreadyThere, "there"), (.absent, "absent")]
    where answers.isPresent && !rules.contains(where: { $0.outcome == outcome }) {
      answers.note(
        Sentence("no rule says when it is \(word)", "không quy tắc nào nói khi nào là \(word)"), key: "rules",
        remedy: Sentence("add a rule with outcome: \(word)", "hãy thêm một quy tắc có outcome: \(word)"))
    }
    return PartnerQuestion(
      method: method, path: path(section, allowing: .path), headers: headers(section, allowing: .request),
      members: members,
      answers: AnswerRules(format: format, rules: rules, otherwise: .unreadable))
  }

  private enum QuestionMethod: String, CaseIterable {
    case get = "GET"
    case post = "POST"
  }
}
