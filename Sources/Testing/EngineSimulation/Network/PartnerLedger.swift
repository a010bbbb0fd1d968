/// A partner of the world: it does each thing once, by the key it comes under, and watches the order.
struct PartnerLedger {
  enum Answer: Equatable {
    case done
    case alreadyThere
    case refused
  }

  /// Of each key it has seen.
  private var verdicts: [String: Answer] = [:]
  /// Messages done or refused, by dossier: the next one that may come.
  private(set) var next: [String: Int] = [:]
  /// How many requests it has had and how many things it has done.
  private(set) var requests = 0
  private(set) var effects = 0
  var isDown = false

  /// Throws when something is done twice, or before what comes first.
  mutating func receive(_ errand: Errand, key: String) throws(Violation) -> Answer {
    requests += 1
    if let verdict = verdicts[key] { return verdict == .done ? .alreadyThere : verdict }
    let expected = next[errand.dossier, default: 0]
    guard errand.ordinal == expected else {
      throw Violation(
        errand.ordinal < expected ? .doneTwice : .outOfOrder,
        "\(errand.dossier): message \(errand.ordinal) came under a new key when \(expected) was expected")
    }
    next[errand.dossier] = expected + 1
    effects += 1
    let verdict: Answer = errand.isRefused ? .refused : .done
    verdicts[key] = verdict
    return verdict
  }
}
