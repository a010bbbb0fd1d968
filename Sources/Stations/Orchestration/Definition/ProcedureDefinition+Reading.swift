import DocumentKit
package import ServiceKit
import XMLKit

// A procedure as its file says it; Deploy/procedures/README.md tells what the keys mean.

extension ProcedureDefinition {
  /// Reads a whole file. What is wrong with a key is noted; whether the steps hang together is `ProcedureCheck`'s to find.
  package init(reading section: ConfigurationSection) {
    let version = ProcedureVersion(section.string("procedure"), section.integer("version", in: 1...10_000))
    let title = section.string("title")
    let codes = Set(section.strings("codes", default: []))
    let level = ServiceLevel(rawValue: section.integer("level", in: 1...4, default: 3)) ?? .submission
    let calendar = section.string("calendar", default: "vietnam")
    let office = section.string("office", default: "standard")
    let steps = section.namedSections("steps").map {
      StepDefinition(StepID($0.name), reading: $0.section, office: office)
    }
    if !(1...ProcedureLimits.steps).contains(steps.count) {
      section.note(
        Sentence(
          "a procedure has 1 to \(ProcedureLimits.steps) steps",
          "một quy trình có từ 1 đến \(ProcedureLimits.steps) bước"), key: "steps",
        remedy: Sentence("write them, or split it", "hãy viết các bước, hoặc chia nhỏ quy trình"))
    }
    self.init(version: version, title: title, codes: codes, level: level, calendar: calendar, steps: steps)
    condition = section.expression("when")
    time = TimeAllowed(reading: section.section("time"), office: office)
    choice = ChoiceDefinition(reading: section.section("choice"))
    isAcceptedAtOnce = section.boolean("acceptedAtOnce", default: false)
  }
}

extension ConfigurationSection {
  /// An XPath expression; nil when the key is missing, or noted when it is none.
  func expression(_ key: String) -> XPathExpression? {
    optionalString(key).flatMap { compile($0, key) }
  }

  func compile(_ source: String, _ key: String) -> XPathExpression? {
    do throws(XMLError) {
      return try XPathExpression(source)
    } catch {
      note(
        Sentence(
          "this is no XPath expression: \(error.message)", "đây không phải là biểu thức XPath: \(error.message)"),
        key: key,
        remedy: Sentence("see the place it names", "xem chỗ được nêu"))
      return nil
    }
  }
}
