import Delivery
import DocumentKit

/// A small profile in which a test replaces single lines.
enum SampleProfile {
  static let text = """
    profile: sample
    version: 1
    messages:
      record: { format: json, kind: dossier, recognise: "true()", schema: x.json }
      step: { format: xml, kind: progress, recognise: "true()", schema: x.xsd }
    delivery:
      authentication: none
      operations:
        dossier: { message: record, path: /records }
        progress: { message: step, path: /steps }
      answers:
        format: json
        rules:
          - { outcome: accepted, when: "code = 0" }
        otherwise: unreadable

    """

  /// The beginning of a profile whose partner is asked; further keys of the poll may follow, and `delivery` has to.
  static let polled = """
    profile: sample
    version: 1
    messages:
      record: { format: json, kind: dossier, recognise: "true()", schema: x.json, toCanonical: x }
    polls:
      danh-sach:
        every: 5m
        path: "/list?after={cursor}"
        answers: { format: json, rules: [{ outcome: listed, status: 200 }] }
        items: rows
        id: id
        message: record
        cursor: { item: id, start: "0" }
        pages: { size: 2 }

    """

  static func replacing(_ old: String, with new: String) -> String {
    precondition(text.contains(old), "the sample has no such line")
    guard let range = text.firstRange(of: old) else { return text }
    return text.replacingCharacters(in: range, with: new)
  }

  static func read(_ text: String = text) throws -> PartnerProfile {
    try PartnerProfile(try YAMLDocument(parsing: text, file: "sample.yaml"))
  }
}

extension String {
  func replacingCharacters(in range: Range<Index>, with new: String) -> String {
    String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
  }
}
