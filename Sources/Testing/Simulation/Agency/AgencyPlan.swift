package import DocumentKit

/// What an agency does with a dossier it was given: the steps it reports, each some time after the one before.
///
///     - { after: 2s, handler: Trần Văn Thụ, position: Chuyên viên, comment: Thẩm định hồ sơ, status: 4 }
///     - { after: 3s, handler: Lê Thị Duyệt, position: Phó Giám đốc, comment: Đã ký, status: 9, result: giay-phep.pdf }
package struct AgencyPlan: Sendable, Equatable {
  package struct Step: Sendable, Equatable {
    /// After the step before, or after the dossier was accepted.
    package var after: Duration
    package var handler: String
    package var position: String
    package var comment: String
    /// The portal's numbers, as everywhere in this project's LGSP documents.
    package var status: Int
    /// With a result the step is a whole document (`MSyncDocument`, finished) with a file of this name.
    package var result: String?

    package init(
      after: Duration, handler: String, position: String, comment: String, status: Int, result: String? = nil
    ) {
      self.after = after
      self.handler = handler
      self.position = position
      self.comment = comment
      self.status = status
      self.result = result
    }
  }

  package var steps: [Step]

  package init(steps: [Step]) {
    self.steps = steps
  }

  /// Three steps and a result within some seconds; the people in it are made up.
  package static let standard = AgencyPlan(steps: [
    Step(
      after: .seconds(1), handler: "Trần Văn Thụ", position: "Chuyên viên", comment: "Tiếp nhận hồ sơ liên thông",
      status: 2),
    Step(
      after: .seconds(2), handler: "Trần Văn Thụ", position: "Chuyên viên", comment: "Thẩm định hồ sơ", status: 4),
    Step(
      after: .seconds(2), handler: "Lê Thị Duyệt", position: "Phó Giám đốc", comment: "Đã ký kết quả", status: 9,
      result: "ket-qua.pdf"),
  ])

  /// Accepts and reports nothing.
  package static let quiet = AgencyPlan(steps: [])
}

extension AgencyPlan {
  /// Reads a list of steps; `after` takes the units of configuration files (`500ms`, `2s`, `1m`).
  package init(reading node: YAMLNode) throws(YAMLError) {
    var steps: [Step] = []
    for element in try node.readSequence() {
      let mapping = try element.readMapping()
      try mapping.refuseKeys(notIn: ["after", "handler", "position", "comment", "status", "result"])
      let after = try mapping.required("after")
      guard let delay = Self.duration(try after.readString()) else {
        throw after.error(
          .notAllowed, Sentence("this is no length of time", "đây không phải là khoảng thời gian"),
          remedy: Sentence("write 500ms, 2s or 1m", "hãy viết 500ms, 2s hoặc 1m"))
      }
      steps.append(
        Step(
          after: delay, handler: try mapping.required("handler").readString(),
          position: try mapping["position"]?.readString() ?? "",
          comment: try mapping.required("comment").readString(),
          status: try mapping.required("status").readInteger(), result: try mapping["result"]?.readString()))
    }
    self.init(steps: steps)
  }

  /// `500ms`, `2s`, `1m`; nil for anything else.
  package static func duration(_ text: String) -> Duration? {
    for (unit, milliseconds) in [("ms", 1), ("s", 1_000), ("m", 60_000)] where text.hasSuffix(unit) {
      guard let count = Int(text.dropLast(unit.count)), (0...86_400_000).contains(count) else { continue }
      return .milliseconds(count * milliseconds)
    }
    return nil
  }
}
