package import DossierModel
package import HTTPKit
import JSONKit

/// Refusals as problem documents (RFC 9457), in English and Vietnamese: the one place that makes them for the v1 API.
package enum Problem {
  /// Seconds after which a retryable refusal may be tried again.
  package static let retryAfterSeconds = 5

  package static func response(_ refusal: Refusal, instance: String? = nil) -> HTTPResponse {
    var writer = JSONWriter()
    writer.beginObject()
    for (name, value) in [
      ("type", "urn:lienthong:problem:\(refusal.code.rawValue)"), ("title", refusal.code.titleEnglish),
      ("titleVi", refusal.code.titleVietnamese), ("detail", refusal.detailEnglish),
      ("detailVi", refusal.detailVietnamese),
    ] {
      writer.name(name)
      writer.string(value)
    }
    writer.name("status")
    writer.integer(refusal.code.status)
    writer.name("retryable")
    writer.boolean(refusal.code.isRetryable)
    if let instance {
      writer.name("instance")
      writer.string(instance)
    }
    if !refusal.findings.isEmpty {
      writer.name("errors")
      FindingList.write(refusal.findings, to: &writer)
    }
    writer.endObject()
    var headers: HTTPHeaders = ["Content-Type": "application/problem+json"]
    if refusal.code == .unauthenticated { headers["WWW-Authenticate"] = "Bearer realm=\"lienthong\"" }
    if refusal.code.isRetryable { headers["Retry-After"] = String(retryAfterSeconds) }
    return HTTPResponse(status: refusal.code.status, headers: headers, body: writer.finish())
  }
}
