import DocumentKit
import DossierModel
import Translation
import Workbench
import XMLKit

/// The document that a trial sends, valid in the partner's tongue.
struct TrialPayload {
  let bytes: [UInt8]
  let dossier: String

  /// Translates an example or takes a document as it is; nil, with the findings on standard output, for one that its schema
  /// or mapping refuses.
  static func make(
    of type: MessageType, _ arguments: Arguments, in language: Language
  ) throws(CommandFailure) -> TrialPayload? {
    let root = PartnerFiles.catalogue(arguments)
    let workbench = try WorkbenchFiles.open(schemas: root + "/Schemas", mappings: root + "/Mappings")
    guard let path = arguments.value("--document") else {
      return try example(of: type, workbench, arguments, in: language)
    }
    guard arguments.value("--example") == nil else {
      throw .unusable(
        Sentence("--example and --document exclude each other", "chỉ dùng một trong --example và --document"))
    }
    let bytes = try FileBytes.read(path)
    let document = try WorkbenchFiles.ask { () throws(WorkbenchError) in
      try SourceDocument(bytes, as: type.format, named: path)
    }
    let findings = try WorkbenchFiles.ask { () throws(WorkbenchError) in
      try workbench.schemas.findings(document.tree, bytes, against: type.schema)
    }
    let verdict = findings.isEmpty ? Sentence("valid", "hợp lệ") : Sentence("invalid", "không hợp lệ")
    let head = Sentence(
      "document: \(path), \(bytes.count) bytes, \(verdict) by \(type.schema)",
      "tài liệu: \(path), \(bytes.count) byte, \(verdict.vietnamese) theo \(type.schema)")
    Terminal.print(head.text(in: language))
    for finding in findings { Terminal.print("  \(path):\(finding.line):\(finding.column): \(finding.sentence)") }
    return findings.isEmpty ? TrialPayload(bytes: bytes, dossier: arguments.value("--dossier") ?? "") : nil
  }

  private static func example(
    of type: MessageType, _ workbench: Workbench, _ arguments: Arguments, in language: Language
  ) throws(CommandFailure) -> TrialPayload? {
    guard let name = type.fromCanonical else {
      throw .unusable(
        Sentence(
          "no mapping writes '\(type.name)': give the document with --document",
          "không bản ánh xạ nào ghi '\(type.name)': hãy đưa tài liệu bằng --document"))
    }
    let mapping = try WorkbenchFiles.ask { () throws(WorkbenchError) in try workbench.mapping(name) }
    let examples = workbench.examples(of: mapping, .example)
    let wanted = arguments.value("--example")
    guard let example = wanted == nil ? examples.first : examples.first(where: { $0.name == wanted }) else {
      let known = examples.map(\.name).joined(separator: ", ")
      throw .unusable(
        Sentence(
          "the mapping '\(mapping.label)' has no example '\(wanted ?? "")'; it has \(known)",
          "bản ánh xạ '\(mapping.label)' không có ví dụ '\(wanted ?? "")'; có: \(known)"))
    }
    let document = try WorkbenchFiles.ask { () throws(WorkbenchError) in
      try workbench.document(of: example, for: mapping)
    }
    let run = try WorkbenchFiles.ask { () throws(WorkbenchError) in try workbench.run(mapping, document) }
    guard case .translated(let output) = run.result, run.isClean else {
      let told = Sentence(
        "example: \(example.name) of \(mapping.label) is not translated cleanly (see `lienthong map test`)",
        "ví dụ: \(example.name) của \(mapping.label) không chuyển đổi trọn vẹn (xem `lienthong map test`)")
      Terminal.print(told.text(in: language))
      return nil
    }
    let head = Sentence(
      "example: \(example.name), by \(mapping.label): \(output.bytes.count) bytes, valid by \(type.schema)",
      "ví dụ: \(example.name), theo \(mapping.label): \(output.bytes.count) byte, hợp lệ theo \(type.schema)")
    Terminal.print(head.text(in: language))
    let code = document.tree.root.firstElement(named: "code")?.text ?? ""
    return TrialPayload(bytes: output.bytes, dossier: arguments.value("--dossier") ?? code)
  }
}
