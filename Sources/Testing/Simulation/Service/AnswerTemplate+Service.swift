package import HTTPKit
package import ServiceKit

extension AnswerTemplate {
  /// The answer of a simulated service with its places filled in.
  package func response(_ places: [String: String], values: [String: [UInt8]] = [:]) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: contentType.map { ["Content-Type": $0] } ?? [:], body: body(places, values: values))
  }
}
