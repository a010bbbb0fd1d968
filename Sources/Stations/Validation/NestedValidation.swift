import DocumentKit
package import DossierModel

/// Behind the canonical translation: the documents inside strings of the message are what they claim to be.
///
/// Only the mapping knows where they are and what they should be, so they are validated after it has found them; what is
/// wrong is told with the path outside and the path inside.
package struct NestedValidation: Station {
  private let schemas: SchemaRegistry

  package init(schemas: SchemaRegistry) { self.schemas = schemas }

  package func process(_ passage: inout Passage) throws(Refusal) {
    for nested in passage.nestedSources {
      let findings = schemas.findings(nested)
      guard !findings.isEmpty else { continue }
      throw Refusal(
        .invalid,
        english: "a document inside the message breaks \(findings.count) rule(s) of the schema \(nested.schema)",
        vietnamese: "tài liệu bên trong thông điệp vi phạm \(findings.count) quy tắc của lược đồ \(nested.schema)",
        findings: findings)
    }
  }
}
