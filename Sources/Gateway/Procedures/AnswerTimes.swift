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

  /// A place, and how its time is measured.
  private struct Measure: Hashable {
    let place: Place
    let time: String
  }

  /// From when the dossier reached the agency to its last word.
  private var answers: [Place: [Range<Timestamp>]] = [:]
  private var known: [Measure: Duration] = [:]

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
      switch ProcedureWord(rawValue: event.line.word) {
      case .delivered: arrived[round] = event
      case .answeredDone, .answeredRefused:
        guard let begin = arrived.removeValue(forKey: round), let party = event.line.party ?? begin.line.party else {
          continue
        }
        let (from, to) = (begin.line.at, max(begin.line.at, event.line.at))
        answers[Place(party: party, step: step), default: []].append(from..<to)
      default: continue
      }
    }
  }

  /// The middle one of those that are known, in the agency's own time; nil where there are none.
  mutating func usual(of step: StepID, at party: PartyID, in time: AgencyTime = .wall) -> Duration? {
    let place = Place(party: party, step: step.text)
    guard let found = answers[place] else { return nil }
    let measure = Measure(place: place, time: time.name)
    if let usual = known[measure] { return usual }
    let usual = found.map { time.passed(from: $0.lowerBound, to: $0.upperBound) }.sorted()[found.count / 2]
    known[measure] = usual
    return usual
  }
}
