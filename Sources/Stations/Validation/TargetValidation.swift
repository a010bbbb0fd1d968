import DocumentKit
package import DossierModel
import JSONKit

/// The last station before the commit: what goes to a recipient is valid in the recipient's own schema.
///
/// An output that is not says that a mapping is wrong or that the source lacks what the recipient requires. It is not
/// sent and not dropped: the sender is refused with the recipient's rules, before anything was accepted.
package struct TargetValidation: Station {
  private let schemas: SchemaRegistry

  package init(schemas: SchemaRegistry) { self.schemas = schemas }

  package func process(_ passage: inout Passage) throws(Refusal) {
    for output in passage.outputs {
      guard let tree = output.tree else { continue }
      let findings = schemas.findings(
        tree, at: tree.root, json: try Self.json(of: output), against: output.recipient.type.schema)
      guard findings.isEmpty else { throw Self.refusal(findings, for: output) }
      for nested in output.nested {
        let findings = schemas.findings(nested)
        guard findings.isEmpty else { throw Self.refusal(findings, for: output) }
      }
    }
  }

  private static func json(of output: Passage.Output) throws(Refusal) -> JSONValue? {
    guard output.recipient.type.format == .json else { return nil }
    guard let document = try? JSONDocument(parsing: output.bytes) else {
      preconditionFailure("a translation wrote JSON that cannot be read")
    }
    return document.root
  }

  private static func refusal(_ findings: [Finding], for output: Passage.Output) -> Refusal {
    let party = output.recipient.party
    let type = output.recipient.type.name
    return Refusal(
      .invalid,
      english: "translated for '\(party)' as \(type), the message breaks \(findings.count) rule(s) of its schema",
      vietnamese: "sau khi chuyển đổi cho '\(party)' theo \(type), thông điệp vi phạm \(findings.count) quy tắc",
      findings: findings.map { finding in
        Finding(
          path: finding.path, line: 0, column: 0, rule: "target.\(finding.rule)",
          schemaLocation: finding.schemaLocation,
          messageVietnamese: "\(type): \(finding.messageVietnamese)",
          messageEnglish: "\(type): \(finding.messageEnglish)")
      })
  }
}
