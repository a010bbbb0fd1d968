import DocumentKit
import DossierModel
package import HTTPKit
package import ServiceKit

// What a partner that calls us is answered, in its own words.
extension AnswerTemplate {
  /// Findings that fit into one line of text.
  private static let findingsTold = 3

  /// The answer; `{reason}` in it is why something was refused, in Vietnamese, without a value of the message.
  package func response(reason: String = "") -> HTTPResponse {
    HTTPResponse(
      status: status, headers: contentType.map { ["Content-Type": $0] } ?? [:], body: body(["reason": reason]))
  }

  /// The same for a refusal: what is wrong, and of the first findings where.
  func response(_ refusal: Refusal) -> HTTPResponse {
    let places = refusal.findings.prefix(Self.findingsTold).map { finding in
      // What is wrong with the whole has no place.
      finding.path.isEmpty ? finding.messageVietnamese : "\(finding.path): \(finding.messageVietnamese)"
    }
    return response(reason: ([refusal.detailVietnamese] + places).joined(separator: "; "))
  }
}
