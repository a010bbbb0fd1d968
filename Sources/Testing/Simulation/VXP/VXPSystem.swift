package import ServiceKit
import XMLKit

/// An agency's system that exchanges edXML over the VXP wire, in both roles: it sends documents, takes what is for it, says so,
/// and tells their senders how far they are. The order of calls is that of the vendor's samples (domain page §3.5.6).
package final class VXPSystem {
  package let organisation: VXPDocuments.Organisation
  private let service: VXPService
  private let statuses: [String]
  private let journal: SimulatorJournal
  private let time: any TimeSource

  /// `statuses`: the codes it sends back for each document, in this order. One thread uses it.
  package init(
    _ organisation: VXPDocuments.Organisation, service: VXPService, statuses: [String], journal: SimulatorJournal,
    time: any TimeSource
  ) {
    self.organisation = organisation
    self.service = service
    self.statuses = statuses
    self.journal = journal
    self.time = time
  }

  /// Sends a document; false when it was not taken.
  package func send(_ file: [UInt8], to receivers: [String]) -> Bool {
    tell(
      service.sendEdoc(file, from: organisation.code, to: receivers.isEmpty ? nil : receivers),
      of: Self.read(file)?.number ?? "")
  }

  /// Takes everything that is there, once; how many messages that were. Nil when the server could not be asked.
  package func takeAll() -> Int? {
    guard let documents = service.getReceivedEdocList("edoc")?.items else { return nil }
    let taken = documents.compactMap { $0["docId"] }.filter { take($0, isStatus: false) }.count
    guard let told = service.getReceivedEdocList("status")?.items else { return nil }
    return taken + told.compactMap { $0["docId"] }.filter { take($0, isStatus: true) }.count
  }

  private func take(_ docID: String, isStatus: Bool) -> Bool {
    guard let file = service.getEdoc(docID)?.file, let head = Self.read(file) else {
      journal.note(.messageRefused, .reason("the document could not be fetched"))
      _ = service.updateStatus(docID, "fail")
      return false
    }
    journal.keep(head.number, body: file, outcome: .accepted)
    guard service.updateStatus(docID, "done")?.isSuccess == true else { return false }
    journal.note(.documentAccepted, .dossier(head.number), .kind(isStatus ? "status" : "edoc"), .status(head.status))
    guard !isStatus else { return true }
    for status in statuses {
      _ = tell(
        service.sendEdoc(answer(status, to: head), from: organisation.code, messageType: "status"), of: head.number)
    }
    return true
  }

  private func tell(_ result: VXPResult?, of dossier: String) -> Bool {
    guard let result, let code = result.code else {
      journal.note(.messageDeferred, .dossier(dossier), .reason("the outcome is not known"))
      return false
    }
    if result.isSuccess {
      journal.note(.messageAccepted, .dossier(dossier))
    } else {
      journal.note(.messageRefused, .dossier(dossier), .status(code))
    }
    return result.isSuccess
  }

  private func answer(_ status: String, to head: Head) -> [UInt8] {
    let now = CivilDateTime(time.now(), offset: .vietnam)
    func pair(_ number: Int?) -> String {
      let text = String(number ?? 0)
      return text.utf8.count < 2 ? "0" + text : text
    }
    let date = "\(now?.year ?? 2026)/\(pair(now?.month))/\(pair(now?.day))"
    return VXPDocuments.status(
      status,
      of: VXPDocuments.Dossier(code: head.number, procedure: "", owner: "", summary: "", date: head.date),
      sentBy: VXPDocuments.Organisation(code: head.from, name: ""), from: organisation, staff: "Văn thư",
      at: "\(date) \(pair(now?.hour)):\(pair(now?.minute)):\(pair(now?.second))")
  }

  // MARK: Reading

  /// What it reads of a message.
  private struct Head {
    var from: String
    var number: String
    var date: String
    /// Of a status message.
    var status: String
  }

  private static func read(_ file: [UInt8]) -> Head? {
    guard let root = try? XMLDocument(parsing: file).root,
      let header = root.firstElement(named: "edXMLEnvelope")?.firstElement(named: "edXMLHeader")?
        .firstElement(named: "MessageHeader")
    else { return nil }
    let code = header.firstElement(named: "Code")?.firstElement(named: "CodeNumber")?.text
    let answered = header.firstElement(named: "ResponseFor")?.firstElement(named: "Code")?.text
    return Head(
      from: header.firstElement(named: "From")?.firstElement(named: "OrganId")?.text ?? "",
      number: code ?? answered.map { String($0.prefix { $0 != "/" }) } ?? "",
      date: header.firstElement(named: "PromulgationInfo")?.firstElement(named: "PromulgationDate")?.text ?? "",
      status: header.firstElement(named: "StatusCode")?.text ?? "")
  }
}
