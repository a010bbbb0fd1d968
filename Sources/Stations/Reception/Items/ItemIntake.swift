import DocumentKit
package import DossierModel
package import DossierStore
import JSONKit
import Synchronization
import XMLKit

/// Where what a partner handed out when it was asked enters the line: every other door's rules, with the party as sender.
///
/// An item is a message of its own: one that cannot be taken keeps no other one back. The same item is the same message
/// however often it is found, by what the partner calls it and its bytes; whoever asks may repeat everything after a crash.
package final class ItemIntake: Sendable {
  /// Bytes of an item: as much as a document of the VXP wire may have.
  package static let bytesLimit = 32 << 20

  private let intake: MessageIntake
  private let parties: [PartyID: Party]

  package init(intake: MessageIntake, parties: [Party]) {
    self.intake = intake
    self.parties = Dictionary(uniqueKeysWithValues: parties.map { ($0.id, $0) })
  }

  /// Takes items of one party, in this order. `completion` is called once, after the last commit, with an outcome for each;
  /// possibly before this call returns.
  ///
  /// - Parameter scope: `latest` where an item has no name of its own but a dossier's, and an older state of it may come
  ///   again: 4, 5, 4.
  package func take(
    _ items: [PollItem], scope: MessageKey.Scope = .always,
    then completion: @escaping @Sendable ([PollItemOutcome]) -> Void
  ) {
    let tally = Tally(items.count, completion)
    for (index, item) in items.enumerated() {
      guard let sender = parties[item.poll.party] else {
        tally.enter(.refused(.forbidden, note: "there is no such party"), at: index)
        continue
      }
      do throws(Refusal) {
        let submission = try submission(of: item, from: sender, scope: scope)
        intake.submit([submission], from: sender, journalling: false) { result in
          switch result {
          case .success(let recorded):
            tally.enter(.taken(isNew: !recorded.contains(where: \.isDuplicate)), at: index)
          case .failure(let refusal): tally.enter(PollItemOutcome(refusal), at: index)
          }
        }
      } catch {
        tally.enter(PollItemOutcome(intake.refuse(error, from: sender.id, journalling: false)), at: index)
      }
    }
    tally.start()
  }

  private func submission(
    of item: PollItem, from sender: Party, scope: MessageKey.Scope
  ) throws(Refusal) -> Submission {
    let known = item.type.flatMap { intake.types[$0] }
    // Without a type its first letter tells: no JSON begins like that.
    let isXML = item.bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) } == UInt8(ascii: "<")
    let format = known?.format ?? (isXML ? .xml : .json)
    let (source, json) = try MessageEndpoint.parse(
      item.bytes, as: format, json: JSONLimits(bytes: Self.bytesLimit), xml: XMLLimits(bytes: Self.bytesLimit))
    let type = try MessageEndpoint.type(
      of: source, format: format, named: item.type, from: sender, types: intake.types)
    return Submission(
      type: type, source: source, root: source.root, json: json, body: item.bytes,
      key: MessageKey("poll \(item.poll.name) \(item.name) \(item.digest)", scope: scope))
  }
}

extension PollItemOutcome {
  fileprivate init(_ refusal: Refusal) {
    guard !refusal.code.isRetryable else {
      self = .postponed
      return
    }
    let rules = refusal.findings.prefix(8).map { "\($0.path) \($0.rule)" }
    self = .refused(refusal.code, note: ([refusal.detailEnglish] + rules).joined(separator: "; "))
  }
}

/// Counts the outcomes of items that are taken at the same time.
private final class Tally: Sendable {
  private struct State {
    var outcomes: [PollItemOutcome?]
    /// One more than items: the call that hands them over is the last to be waited for.
    var left: Int
  }

  private let state: Mutex<State>
  private let completion: @Sendable ([PollItemOutcome]) -> Void

  init(_ count: Int, _ completion: @escaping @Sendable ([PollItemOutcome]) -> Void) {
    state = Mutex(State(outcomes: Array(repeating: nil, count: count), left: count + 1))
    self.completion = completion
  }

  func enter(_ outcome: PollItemOutcome, at index: Int) {
    finish { $0.outcomes[index] = outcome }
  }

  func start() { finish { _ in } }

  private func finish(_ change: (inout State) -> Void) {
    let outcomes: [PollItemOutcome]? = state.withLock { state in
      change(&state)
      state.left -= 1
      return state.left == 0 ? state.outcomes.compactMap { $0 } : nil
    }
    if let outcomes { completion(outcomes) }
  }
}
