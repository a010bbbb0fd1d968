package import CryptographyKit
import DocumentKit
package import DossierModel
package import DossierStore
package import ServiceKit
import XMLKit

/// What all front doors share: rights, envelope, the line, the one commit, and the journal of refusals.
package final class MessageIntake: Sendable {
  let types: MessageTypeRegistry
  private let line: any MessageLine
  let store: any DossierStore
  private let identifiers: UUIDv7Generator
  private let time: any TimeSource
  private let counters: IntakeCounters
  private let gate: IntakeGate
  private let strangers = StrangerQuota()
  private let onHeld: @Sendable () -> Void
  private let onRecorded: @Sendable (MessageRecord) -> Void

  /// Messages of one request up to which it is no bulk job.
  package static let singleLimit = 20

  /// `onHeld` is called after each commit that may have an output that is held, `onRecorded` with each message that was not known
  /// before; both on a thread of the store, which they do not keep.
  package init(
    types: MessageTypeRegistry, line: any MessageLine, store: any DossierStore, identifiers: UUIDv7Generator,
    time: any TimeSource, metrics: Metrics, gate: IntakeGate = IntakeGate(),
    onHeld: @escaping @Sendable () -> Void = {},
    onRecorded: @escaping @Sendable (MessageRecord) -> Void = { _ in }
  ) {
    self.onHeld = onHeld
    self.onRecorded = onRecorded
    self.gate = gate
    self.types = types
    self.line = line
    self.store = store
    self.identifiers = identifiers
    self.time = time
    counters = IntakeCounters(metrics)
  }

  /// Takes the messages of one request, all or none.
  ///
  /// `completion` is called once: with what was recorded, after the commit, on a thread of the store; or with the
  /// refusal, possibly before this call returns. A refusal is journalled, unless whoever calls keeps what is refused.
  func submit(
    _ submissions: [Submission], from sender: Party, journalling isJournalled: Bool = true,
    then completion: @escaping @Sendable (Result<[RecordedMessage], Refusal>) -> Void
  ) {
    guard gate.isOpen else {
      // Not journalled: a line for each would take the room that is left.
      counters.countRefusal(.unavailable)
      return completion(.failure(.gateClosed))
    }
    let now = time.now()
    do throws(Refusal) {
      var records: [MessageRecord] = []
      records.reserveCapacity(submissions.count)
      for submission in submissions {
        var record = try line.process(try passage(for: submission, from: sender, at: now))
        record.isBulk = submissions.count > Self.singleLimit
        records.append(record)
      }
      let recorded = records
      store.record(recorded) { [self] result in
        switch result {
        case .success(.recorded(let messages)):
          counters.count(messages, sender: sender.id)
          if recorded.contains(where: \.mayBeHeld) { onHeld() }
          for (record, message) in zip(recorded, messages) where !message.isDuplicate { onRecorded(record) }
          completion(.success(messages))
        case .success(.keyReused(let index)):
          completion(
            .failure(
              refuse(
                .keyReused(recorded[index]), from: sender.id, dossier: recorded[index].fields.code,
                journalling: isJournalled)))
        case .failure(let error):
          counters.countRefusal(.unavailable)
          completion(.failure(.notStored(error)))
        }
      }
    } catch {
      completion(.failure(refuse(error, from: sender.id, journalling: isJournalled)))
    }
  }

  /// Counts a refusal, journals it — of strangers only so many (`StrangerQuota`) —, and gives it back.
  @discardableResult
  func refuse(
    _ refusal: Refusal, from sender: PartyID?, dossier: DossierCode? = nil, journalling isJournalled: Bool = true
  ) -> Refusal {
    counters.countRefusal(refusal.code)
    guard isJournalled else { return refusal }
    let now = time.now()
    guard sender != nil || strangers.take(at: now) else { return refusal }
    store.journalRefusal(
      RefusalRecord(
        at: now, sender: sender, fault: refusal.code, dossier: dossier,
        rules: refusal.findings.map { "\($0.path) \($0.rule)" }))
    return refusal
  }

  private func passage(for submission: Submission, from sender: Party, at now: Timestamp) throws(Refusal) -> Passage {
    guard sender.sends.contains(submission.type.name) else {
      throw Refusal(
        .forbidden, english: "this sender may not send '\(submission.type.name)'; ask the gateway's operator",
        vietnamese: "bên gửi không được gửi '\(submission.type.name)'; hãy hỏi người vận hành trục liên thông")
    }
    let digest = MessageDigest(of: submission.body)
    let envelope = Envelope(
      id: MessageID(identifiers.next()), sender: sender.id, type: submission.type.name, receivedAt: now, digest: digest,
      key: try key(of: submission, digest: digest), traceparent: submission.traceparent)
    return Passage(
      envelope: envelope, type: submission.type, source: submission.source, root: submission.root,
      json: submission.json, body: submission.body, addressees: submission.addressees)
  }

  private func key(of submission: Submission, digest: MessageDigest) throws(Refusal) -> MessageKey {
    if let key = submission.key { return key }
    do throws(XMLError) {
      if let identity = try types.identity(of: submission.root, type: submission.type) {
        return MessageKey("\(submission.type.name) \(identity)")
      }
    } catch {
      throw .unreadable(xml: error)
    }
    return MessageKey("sha256 \(digest)", scope: .latest)
  }
}

extension MessageRecord {
  /// Whether something was held with it: an output that could not be made, or one that a procedure wants.
  fileprivate var mayBeHeld: Bool { conducted != nil || deliveries.contains { $0.heldReason != nil } }
}
