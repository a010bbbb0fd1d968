import DocumentKit
package import DossierModel

/// The first station: the message is what it claims to be, or its sender learns where it is not.
package struct SourceValidation: Station {
  private let schemas: SchemaRegistry

  package init(schemas: SchemaRegistry) { self.schemas = schemas }

  package func process(_ passage: inout Passage) throws(Refusal) {
    let findings = schemas.findings(
      passage.source, at: passage.root, json: passage.json, against: passage.type.schema)
    guard !findings.isEmpty else { return }
    throw Refusal(
      .invalid, english: "the message breaks \(findings.count) rule(s) of the schema \(passage.type.schema)",
      vietnamese: "thông điệp vi phạm \(findings.count) quy tắc của lược đồ \(passage.type.schema)",
      findings: findings)
  }
}
