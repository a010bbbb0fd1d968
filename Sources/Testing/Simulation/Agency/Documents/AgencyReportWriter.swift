import CryptographyKit
import ServiceKit
import XMLKit

/// Writes what an agency reports about a dossier: a step, or the finished document with its result.
struct AgencyReportWriter {
  let configuration: AgencyConfiguration
  let now: Timestamp

  private var time: String { now.rfc3339(offset: .vietnam, fraction: .none) }

  /// `MDocumentTraces`: one step.
  func progress(_ step: AgencyPlan.Step, of document: XMLNode) -> [UInt8] {
    let code = document.firstElement(named: "DocCode")?.text ?? ""
    var builder = XMLTreeBuilder()
    builder.open("MDocumentTraces")
    for (name, value) in [
      ("DocumentId", code), ("DocCode", code), ("UserName", step.handler), ("UserPosition", step.position),
      ("DateCreated", time), ("Comment", step.comment), ("Status", String(step.status)),
      ("OrganizationInchargeIdLevel1", configuration.code), ("OrganizationInchargeName", configuration.name),
    ] {
      builder.leaf(name, value)
    }
    builder.close()
    return builder.finish().serialised()
  }

  /// `MSyncDocument`: the dossier as it came, finished, with the result among its files.
  func result(_ step: AgencyPlan.Step, of document: XMLNode) -> [UInt8] {
    let changes = [
      "IsSuccess": "true", "SuccessDate": time, "ApproverName": step.handler, "ApproverPosition": step.position,
      "SuccessNote": step.comment, "FinishedDate": time, "Status": String(step.status),
      "ProcessingOrganName": configuration.name, "OrganInchargeIdLevel1": configuration.code,
      "OrganInchargeName": configuration.name,
    ]
    var builder = XMLTreeBuilder()
    builder.open("MSyncDocument")
    for row in AgencyFormat.syncDocument {
      if let change = changes[row.name] {
        builder.leaf(row.name, change)
        continue
      }
      for element in document.elements where row.names.contains(element.localName) { builder.copy(element) }
      if row.name == "Attachments" { attachResult(step, of: document, to: &builder) }
    }
    builder.close()
    return builder.finish().serialised()
  }

  private func attachResult(_ step: AgencyPlan.Step, of document: XMLNode, to builder: inout XMLTreeBuilder) {
    let numbers = document.elements.filter { $0.isNamed("Attachments") }.compactMap { attachment in
      (attachment.firstElement(named: "AttachmentId") ?? attachment.firstElement(named: "Attachmentld"))
        .flatMap { Int32(AgencyChecker.trimmed($0.text)) }
    }
    builder.open("Attachments")
    builder.leaf("AttachmentId", String((numbers.max() ?? 0) &+ 1))
    builder.leaf("AttachmentName", step.result ?? "")
    builder.leaf("IsDeleted", "false")
    builder.leaf("Base64", Base64.encode(Array(Self.resultFile.utf8)))
    builder.leaf("IsVerified", "true")
    builder.close()
  }

  /// The smallest file that calls itself a PDF; nobody opens it.
  private static let resultFile = "%PDF-1.4\n% Kết quả mẫu của đơn vị mô phỏng\n%%EOF\n"
}
