package import Dictionaries
import DocumentKit
package import DossierModel
import ServiceKit
import XMLKit

/// Translates what came in into the canonical document, and reads from it the fields that ordering and search need.
///
/// A code without a counterpart is refused here, not held: the sender is still there and can mend it, and nothing is
/// accepted that the gateway does not understand.
package struct CanonicalTranslation: Station {
  private let mappings: [String: Mapping]
  /// Tongues in which some message can tell a result.
  private let tellResults: Set<Substring>
  private let files: (any FileDesks)?
  private let dictionaries: DictionaryShelf?

  /// `mappings`: by the name of the message type they read. `files`: where claimed files are kept. `dictionaries`: those of the site.
  package init(mappings: [String: Mapping], files: (any FileDesks)? = nil, dictionaries: DictionaryShelf? = nil) {
    self.mappings = mappings
    tellResults = Set(mappings.filter(\.value.writesResults).keys.map { Self.tongue(of: $0) })
    self.files = files
    self.dictionaries = dictionaries
  }

  package func process(_ passage: inout Passage) throws(Refusal) {
    guard let mapping = mappings[passage.type.name] else {
      throw Refusal(
        .forbidden, english: "'\(passage.type.name)' is not received here, only sent",
        vietnamese: "trục liên thông không nhận '\(passage.type.name)', chỉ gửi đi")
    }
    let desk = files?.desk(sender: passage.envelope.sender, recipient: nil)
    let view = dictionaries.map { DictionaryView($0, at: passage.envelope.receivedAt) }
    switch try mapping.outcome(for: passage.source, at: passage.root, files: desk, dictionaries: view) {
    case .translated(let canonical, let report, let nested):
      passage.files = report.digests
      passage.add(note: report.summary(of: mapping.label))
      passage.canonical = canonical
      passage.nestedSources = nested.read
      passage.fields = try Self.fields(of: canonical)
      passage.facts = CaseFacts(canonical: canonical.root)
      if !tellResults.contains(Self.tongue(of: passage.type.name)) { passage.facts.marks.insert(.noPlaceForResults) }
    case .held(let reason):
      throw Refusal(
        .invalid, english: reason.messageEnglish, vietnamese: reason.messageVietnamese,
        findings: reason.codes.map { code in
          Finding(
            path: code.sourcePath, line: code.line, column: code.column, rule: "codes.\(code.table)",
            messageVietnamese: code.complaint?.messageVietnamese ?? "mã chưa có trong bảng mã '\(code.table)'",
            messageEnglish: code.complaint?.messageEnglish ?? "the code has no row in the table '\(code.table)'")
        })
    case .refused(let findings):
      throw Refusal(
        .invalid, english: "the message breaks \(findings.count) rule(s) of the mapping \(mapping.label)",
        vietnamese: "thông điệp vi phạm \(findings.count) quy tắc của ánh xạ \(mapping.label)", findings: findings)
    }
  }

  /// The profile that a message type's name begins with.
  private static func tongue(of type: String) -> Substring { type.prefix { $0 != "/" } }

  private static func fields(of canonical: DocumentTree) throws(Refusal) -> DossierFields {
    let root = canonical.root
    guard let code = root.firstElement(named: "code")?.text, !code.isEmpty else {
      throw Refusal(
        .invalid, english: "the message names no dossier", vietnamese: "thông điệp không có mã hồ sơ")
    }
    let status =
      root.firstElement(named: "status")
      ?? root.elements.reversed().first { $0.isNamed("entry") }?
      .firstElement(named: "status")
    return DossierFields(
      code: DossierCode(code), procedure: root.firstElement(named: "procedure")?.firstElement(named: "code")?.text,
      status: status?.text,
      appointedAt: (root.firstElement(named: "appointedAt")?.text).flatMap { try? Timestamp(rfc3339: $0) })
  }
}
