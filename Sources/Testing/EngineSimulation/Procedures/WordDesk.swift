import DossierModel
import Orchestration
import ServiceKit
import Synchronization

/// What partners of a world of procedures have to say: each word until it is acknowledged, however often that takes.
final class WordDesk: Sendable {
  struct Word: Sendable {
    let key: String
    let sender: PartyID
    let text: String
  }

  /// A step that an agency has and will say something about.
  struct Plan: Sendable {
    let dossier: DossierCode
    let step: StepID
    let party: PartyID
  }

  private struct State {
    /// In the order in which they are said; what one sender says about a dossier it says in order.
    var unsaid: [Word] = []
    var underWay: Set<String> = []
    var plans: [Plan] = []
    var count = 0
    var gateway = 0
  }

  private let state = Mutex(State())

  var count: Int { state.withLock { $0.count } }
  /// Whether everything has been said and acknowledged, and nobody plans to say more.
  var isQuiet: Bool { state.withLock { $0.unsaid.isEmpty && $0.plans.isEmpty } }

  func put(_ word: Word) {
    state.withLock {
      $0.unsaid.append(word)
      $0.count += 1
    }
  }

  /// Words that nobody is saying just now; of each sender only the first.
  func unsaid(limit: Int) -> [Word] {
    state.withLock { state in
      var senders: Set<PartyID> = []
      var found: [Word] = []
      for word in state.unsaid where found.count < limit && senders.insert(word.sender).inserted {
        if !state.underWay.contains(word.key) { found.append(word) }
      }
      return found
    }
  }

  func began(_ word: Word) { state.withLock { _ = $0.underWay.insert(word.key) } }

  func ended(_ word: Word, isKept: Bool, gateway: Int) {
    state.withLock { state in
      // What a gateway that is gone would have said, nobody hears.
      guard gateway == state.gateway else { return }
      state.underWay.remove(word.key)
      if isKept { state.unsaid.removeAll { $0.key == word.key } }
    }
  }

  func gatewayDied() {
    state.withLock {
      $0.underWay = []
      $0.gateway += 1
    }
  }

  func plan(_ dossier: DossierCode, _ step: StepID, by party: PartyID) {
    state.withLock { $0.plans.append(Plan(dossier: dossier, step: step, party: party)) }
  }

  func takePlan(_ random: inout SeededGenerator) -> Plan? {
    let count = state.withLock { $0.plans.count }
    guard count > 0 else { return nil }
    let index = random.number(below: count)
    return state.withLock { state in
      state.plans.swapAt(index, state.plans.count - 1)
      return state.plans.removeLast()
    }
  }
}
