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
          Sentence("‘\(service.name)’ takes nothing by ‘\(name)’", "‘\(service.name)’ không nhận gì qua ‘\(name)’"),
          key: name, remedy: Sentence("name an operation that takes dossiers", "hãy nêu một thao tác nhận hồ sơ"))
      }
      let reads = section.section("reads")
      courses[name] = Course(
        reads: Dictionary(uniqueKeysWithValues: reads.keys.map { ($0, .reading(reads, $0)) }),
        rounds: ([section] + section.sections("again")).map { round in
          round.sections("steps").map { Step(reading: $0, of: service) }
        })
    }
    self.init(courses: courses)
    try reader.finish()
  }
}

extension ServicePlan.Step {
  fileprivate init(reading section: ConfigurationSection, of service: ServiceDescription) {
    let acts = ["into", "report", "call"].filter { section.node($0) != nil }
    if acts.count > 1 {
      section.note(
        Sentence("a step does one thing", "một bước làm một việc"), key: acts[0],
        remedy: Sentence("write into, report or call", "hãy viết into, report hoặc call"))
    }
    self.init(
      after: section.duration("after", in: .zero...(.seconds(86_400))),
      when: section.node("when") == nil ? nil : .reading(section, "when"),
      act: Self.act(acts.first ?? "into", reading: section, of: service))
  }

  private static func act(
    _ name: String, reading section: ConfigurationSection, of service: ServiceDescription
  ) -> Act {
    switch name {
    case "report": return .report(AnswerTemplate(reading: section.section("report")))
    case "call":
      let call = section.string("call")
      if service.calls?.names.contains(call) != true {
        section.note(
          Sentence("it makes no call ‘\(call)’", "không có cuộc gọi ‘\(call)’"), key: "call",
          remedy: Sentence("name one of the service's calls", "hãy nêu một cuộc gọi của dịch vụ"))
      }
      return .call(call, AnswerTemplate(reading: section))
    default:
      let box = section.string("into")
      if service.boxes[box] == nil {
        section.note(
          Sentence("there is no box ‘\(box)’", "không có hộp ‘\(box)’"), key: "into",
          remedy: Sentence("name one of the service's", "hãy nêu một hộp của dịch vụ"))
      }
      return .hold(box: box, AnswerTemplate(reading: section))
    }
  }
}
