import DocumentKit

/// An answer as a file writes it: a status, and a body of JSON or text with places such as `{reason}` that are filled in when
/// it is given.
package struct AnswerTemplate: Sendable {
  private enum Body: Sendable {
    case none
    case json(YAMLNode)
    case text(String)
  }

  package let status: Int
  /// nil for an answer without a body.
  package let contentType: String?
  private let body: Body

  /// 200 and nothing else.
  package static let nothing = AnswerTemplate(status: 200, contentType: nil, body: .none)

  private init(status: Int, contentType: String?, body: Body) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }

  /// Reads `status`, `contentType`, and `json` or `text`; `status` is the given one unless the section says another.
  package init(reading section: ConfigurationSection, status: Int = 200) {
    let status = section.integer("status", in: 200...599, default: status)
    if let node = section.node("json") {
      if section.node("text") != nil {
        section.note(
          Sentence("an answer has one body", "câu trả lời chỉ có một thân"), key: "text",
          remedy: Sentence("write json or text", "hãy viết json hoặc text"))
      }
      self.init(
        status: status, contentType: section.string("contentType", default: "application/json; charset=utf-8"),
        body: .json(node))
    } else if section.node("text") != nil {
      self.init(
        status: status, contentType: section.string("contentType", default: "text/plain; charset=utf-8"),
        body: .text(section.string("text", mayBeEmpty: true)))
    } else {
      self.init(status: status, contentType: nil, body: .none)
    }
  }

  /// The body with each `{name}` replaced by the text of that name.
  ///
  /// - Parameter values: pieces of JSON that stand in the place of whole texts `"{name}"`.
  package func body(_ places: [String: String], values: [String: [UInt8]] = [:]) -> [UInt8] {
    switch body {
    case .none: return []
    case .text(let text): return Array(PlacedText.fill(text, places).utf8)
    case .json(let node):
      var body = node.json(filling: places)
      for (name, value) in values { body = body.replacing(Array("\"{\(name)}\"".utf8), with: value) }
      return body
    }
  }
}
