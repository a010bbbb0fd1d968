import CryptographyKit

/// A checksum for one party: its secrets are filled in, the fields come with each request.
struct ResolvedChecksum: Sendable {
  private let checksum: FieldChecksum
  private let key: ResolvedText
  private let parts: [ResolvedText]

  init(_ template: ChecksumTemplate, values: [String: String], secrets: [String: String]) {
    checksum = template.checksum
    key = ResolvedText(template.key, values: values, secrets: secrets)
    parts = template.parts.map { ResolvedText($0, values: values, secrets: secrets) }
  }

  func text(_ context: RequestContext) -> String {
    checksum.text(of: parts.map { $0.text(context) }, key: key.text(context))
  }
}
