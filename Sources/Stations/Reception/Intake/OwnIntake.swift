import DocumentKit
package import DossierModel
import DossierStore
import XMLKit

/// Where what the gateway itself makes enters the line, in the name of a party: by every other door's rules.
package final class OwnIntake: Sendable {
  /// What became of it.
  package enum Outcome: Sendable, Equatable {
    /// It is on the disk; `isNew` false when it was there before.
    case taken(isNew: Bool)
    /// Another document was taken under this key before.
    case differs
    /// Never as it is: rules, not values.
    case refused(FaultCode, note: String)
    /// Nothing can be stored just now.
    case postponed
  }

  private let intake: MessageIntake

  package init(intake: MessageIntake) { self.intake = intake }

  /// Takes an XML document; `completion` is called once, after the commit, possibly before this call returns.
  ///
  /// - Parameter key: as a sender gives it in `Idempotency-Key`: the same document under it is one message, whoever sent it.
  package func take(
    _ document: [UInt8], of type: String, key: String, from sender: Party,
    then completion: @escaping @Sendable (Outcome) -> Void
  ) {
    do throws(Refusal) {
      let (source, _) = try MessageEndpoint.parse(document, as: .xml)
      let known = try MessageEndpoint.type(
        of: source, format: .xml, named: type, from: sender, types: intake.types)
      let submission = Submission(
        type: known, source: source, root: source.root, json: nil, body: document, key: MessageKey(senders: key))
      intake.submit([submission], from: sender) { result in
        switch result {
        case .success(let recorded): completion(.taken(isNew: !recorded.contains(where: \.isDuplicate)))
        case .failure(let refusal): completion(Outcome(refusal))
        }
      }
    } catch {
      completion(Outcome(intake.refuse(error, from: sender.id)))
    }
  }
}

extension OwnIntake.Outcome {
  fileprivate init(_ refusal: Refusal) {
    if refusal.code == .keyReused {
      self = .differs
    } else if refusal.code.isRetryable {
      self = .postponed
    } else {
      let rules = refusal.findings.prefix(8).map { "\($0.path) \($0.rule)" }
      self = .refused(refusal.code, note: ([refusal.detailEnglish] + rules).joined(separator: "; "))
    }
  }
}
