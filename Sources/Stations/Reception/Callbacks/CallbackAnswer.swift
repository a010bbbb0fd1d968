import DocumentKit
import DossierModel
package import HTTPKit
import ServiceKit

/// What a partner that calls us is answered, in its own words.
package struct CallbackAnswer: Sendable {
  private enum Body: Sendable {
    case none
    case json(YAMLNode)
    case text(String)
  }

  private let status: Int
  private let contentType: String
  private let body: Body

  /// `status` is the one unless the section says another.
  init(reading section: ConfigurationSection, status: Int) {
    self.status = section.integer("status", in: 200...599, default: status)
    if let node = section.node("json") {
      contentType = section.string("contentType", default: "application/json; charset=utf-8")
      body = .json(node)
      if section.node("text") != nil {
        section.note("an answer has one body", key: "text", remedy: "write json or text")
      }
    } else if section.node("text") != nil {
      contentType = section.string("contentType", default: "text/plain; charset=utf-8")
      body = .text(section.string("text", mayBeEmpty: true))
    } else {
      contentType = ""
      body = .none
    }
  }

  /// The answer; `{reason}` in it is why something was refused, in Vietnamese, without a value of the message.
  package func response(reason: String = "") -> HTTPResponse {
    let places = ["reason": reason]
    switch body {
    case .none: return HTTPResponse(status: status)
    case .json(let node):
      return HTTPResponse(status: status, headers: ["Content-Type": contentType], body: node.json(filling: places))
    case .text(let text):
      return HTTPResponse(
        status: status, headers: ["Content-Type": contentType], body: Array(PlacedText.fill(text, places).utf8))
    }
  }

  /// The same for a refusal: what is wrong, and of the first findings where.
  func response(_ refusal: Refusal) -> HTTPResponse {
    let places = refusal.findings.prefix(Self.findingsTold).map { finding in
      // What is wrong with the whole has no place.
      finding.path.isEmpty ? finding.messageVietnamese : "\(finding.path): \(finding.messageVietnamese)"
    }
    return response(reason: ([refusal.detailVietnamese] + places).joined(separator: "; "))
  }

  /// Findings that fit into one line of text.
  private static let findingsTold = 3
}
