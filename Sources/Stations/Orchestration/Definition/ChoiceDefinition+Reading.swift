import DocumentKit
import ServiceKit

extension ChoiceDefinition {
  /// Reads `choice`; nil when there is none.
  init?(reading section: ConfigurationSection) {
    guard section.isPresent else { return nil }
    let options = section.namedSections("of").compactMap { name, option -> Option? in
      let title = option.string("title")
      let when = option.string("when")
      return option.compile(when, "when").map { Option(name: name, title: title, isChosen: $0) }
    }
    let least = section.integer("least", in: 0...ProcedureLimits.steps, default: 1)
    let most = section.integer("most", in: 1...ProcedureLimits.steps, default: max(options.count, 1))
    if least > most {
      section.note(
        Sentence(
          "nobody can choose at least \(least) and at most \(most)",
          "không ai chọn được ít nhất \(least) và nhiều nhất \(most)"), key: "most",
        remedy: Sentence("correct one of them", "hãy sửa một trong hai"))
    }
    self.init(options: options, number: least...max(least, most))
  }
}
