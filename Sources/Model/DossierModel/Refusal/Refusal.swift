package import DocumentKit

/// A message or request that is turned away, with everything its sender needs to mend it.
///
/// It is rendered in the sender's own tongue: a problem document on the v1 API, `error_code` and `message` in
/// generation A. The details never quote the message's values.
package struct Refusal: Error, Sendable {
  package var code: FaultCode
  package var detailEnglish: String
  package var detailVietnamese: String
  package var findings: [Finding]

  package init(_ code: FaultCode, english: String, vietnamese: String, findings: [Finding] = []) {
    self.code = code
    detailEnglish = english
    detailVietnamese = vietnamese
    self.findings = findings
  }
}
