import DocumentKit
import DossierModel
import DossierStore
import Orchestration
import ServiceKit
import XMLKit

/// Writes what procedures owe: from the errand, the dossier and the agencies' answers to the bytes for the recipient.
struct OutputTranslation: Sendable {
  private let line: DossierLine
  private let reader: CanonicalReader
  private let ledger: any DossierReader
  private let order: ElementOrder
  private let names: [PartyID: String]
  private let log: Log

  /// - Parameter order: of the canonical schema.
  init(
    line: DossierLine, reader: CanonicalReader, ledger: any DossierReader, order: ElementOrder,
    names: [PartyID: String],
    log: Log
  ) {
    self.log = log
    self.line = line
    self.reader = reader
    self.ledger = ledger
    self.order = order
    self.names = names
  }

  /// Rules named to the operator; further ones are found when those are mended.
  private static let namedFindings = 3

  /// `.unwritten` while it cannot be made: a code has no counterpart, a file is not here, or the document breaks a rule of the
  /// recipient's tongue.
  func supply(for output: StoredOutput) throws(StoreError) -> Supply {
    guard let errand = OutputErrand(json: output.errand), let (envelope, dossier) = try canonical(errand.dossier) else {
      return unwritten(output, because: "the dossier's message cannot be read any more")
    }
    var answers: [DocumentTree] = []
    for answer in errand.answers {
      if let (_, document) = try canonical(answer) { answers.append(document) }
    }
    let document = OutputDocument(errand, dossier: dossier, answers: answers, order: order) { names[$0] }
    guard let canonical = try? document.canonical(as: output.kind) else {
      return unwritten(output, because: "a text of it can stand in no document")
    }
    let made: NewDelivery?
    do throws(Refusal) {
      made = try line.output(canonical, of: envelope, to: output.destination, as: output.kind)
    } catch {
      // Nobody waits for an answer: an operator has to be told which rule of the recipient's tongue it breaks.
      log.warning(
        "procedure-output-refused",
        [
          .delivery(output.delivery.description), .destination(output.destination.text),
          .errorCode(error.code.rawValue),
          .rule(error.findings.first?.rule ?? "-"),
        ])
      let rules = error.findings.prefix(Self.namedFindings).map { "\($0.path): \($0.messageEnglish) [\($0.rule)]" }
      return unwritten(output, because: ([error.detailEnglish] + rules).joined(separator: "; "))
    }
    guard let made else {
      let reason = "no message type of the recipient is for this document"
      // A step whose agency does not get the dossier would wait for somebody who knows nothing of it.
      return errand.purpose == .send ? unwritten(output, because: reason) : .nothing(reason: reason)
    }
    if let reason = made.heldReason { return unwritten(output, because: reason) }
    return .bytes(made.payload, files: made.files, type: made.type, note: made.note)
  }

  private func unwritten(_ output: StoredOutput, because reason: String) -> Supply {
    .unwritten(reason: "\(output.name) cannot be written: \(reason)")
  }

  private func canonical(_ id: MessageID) throws(StoreError) -> (envelope: Envelope, document: DocumentTree)? {
    guard let envelope = try ledger.message(id)?.envelope, let body = try ledger.body(of: id),
      let document = reader.document(body, of: envelope.type, from: envelope.sender)
    else { return nil }
    return (envelope, document)
  }
}
