import Deadlines
import DocumentKit
import ServiceKit

extension TimeAllowed {
  /// Reads `time`; nil when there is none.
  init?(reading section: ConfigurationSection, office: String) {
    guard section.isPresent else { return nil }
    let words = section.string("term")
    let office = section.string("office", default: office)
    let warningHours = section.integer("warningHours", in: 0...2_000, default: 0)
    let rule = CountingRule(
      begin: section.choice("begin", default: CountingRule.Begin.nextDay), cutOff: section.optionalTimeOfDay("cutOff"),
      resumption: section.choice("resumption", default: CountingRule.Resumption.extend),
      hoursPerDay: section.integer("hoursPerDay", in: 1...24, default: 8))
    guard let term = Term(words) else {
      section.note(Sentence("this is no term", "đây không phải là thời hạn"), key: "term", remedy: Self.remedy)
      return nil
    }
    self.init(term, by: rule, office: office, warningHours: warningHours)
  }

  /// A term alone, counted by the usual rule.
  init?(_ words: String, office: String) {
    guard let term = Term(words) else { return nil }
    self.init(term, office: office)
  }

  static let remedy = Sentence(
    "write a number and a unit, like 3 workingDays, 8 workingHours, 15 days or 1 months",
    "hãy viết số và đơn vị, như 3 workingDays, 8 workingHours, 15 days hoặc 1 months")
}
