package import DocumentKit
package import ServiceKit
import XMLKit

extension ServicePlan {
  /// Reads the plan of a service; operations and boxes that the service does not have are refused.
  package init(_ document: YAMLDocument, of service: ServiceDescription) throws(ConfigurationErrors) {
    let reader = ConfigurationReader(document)
    var courses: [String: Course] = [:]
    for name in reader.root.keys {
      let section = reader.root.section(name)
      if !service.operations.contains(where: { $0.name == name && $0.gives == nil }) {
        reader.root.note(
          "‘\(service.name)’ takes nothing by ‘\(name)’", key: name, remedy: "name an operation that takes dossiers")
      }
      let reads = section.section("reads")
      courses[name] = Course(
        reads: Dictionary(uniqueKeysWithValues: reads.keys.map { ($0, .reading(reads, $0)) }),
        rounds: ([section] + section.sections("again")).map { round in
          round.sections("steps").map { Step(reading: $0, boxes: service.boxes) }
        })
    }
    self.init(courses: courses)
    try reader.finish()
  }
}

extension ServicePlan.Step {
  fileprivate init(reading section: ConfigurationSection, boxes: [String: ServiceBox]) {
    let after = section.duration("after", in: .zero...(.seconds(86_400)))
    if section.node("report") != nil {
      if section.node("into") != nil {
        section.note("a step does one thing", key: "into", remedy: "write into or report")
      }
      self.init(after: after, act: .report(AnswerTemplate(reading: section.section("report"))))
      return
    }
    let box = section.string("into")
    if boxes[box] == nil { section.note("there is no box ‘\(box)’", key: "into", remedy: "name one of the service's") }
    self.init(after: after, act: .hold(box: box, AnswerTemplate(reading: section)))
  }
}
