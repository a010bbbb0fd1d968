import DossierModel
import DossierStore
import Orchestration
import ServiceKit

/// How long agencies have of late taken to answer a step: from when the dossier reached them to their last word about it.
struct AnswerTimes {
  /// Events that are looked at, the latest ones.
  static let looksBack = 20_000

  private struct Place: Hashable {
    let party: PartyID
    let step: String
  }

  private var times: [Place: [Duration]] = [:]

  /// - Parameter events: of procedures, in the order in which they were written.
  init(_ events: [StoredProcedureLine]) {
    struct Round: Hashable {
      let dossier: DossierCode
      let step: String
    }
    var arrived: [Round: StoredProcedureLine] = [:]
    for event in events {
      guard let step = event.line.step else { continue }
      let round = Round(dossier: event.dossier, step: step)
      switch event.line.word {
      case "delivered": arrived[round] = event
      case "answered.done", "answered.refused":
        guard let begin = arrived.removeValue(forKey: round), let party = event.line.party ?? begin.line.party else {
          continue
        }
        times[Place(party: party, step: step), default: []].append(event.line.at - begin.line.at)
      default: continue
      }
    }
  }

  /// The middle one of those that are known; nil where there are none.
  func usual(of step: StepID, at party: PartyID) -> Duration? {
    guard let known = times[Place(party: party, step: step.text)]?.sorted() else { return nil }
    return known[known.count / 2]
  }
}
