import DossierStore
import ServiceKit

/// The way through the messages of one type, from the oldest on: which stretch is pruned in which commit.
struct RetentionWalk {
  /// From behind one place up to another.
  struct Stretch: Equatable {
    var after: PrunePage.Place
    var through: PrunePage.Place
  }

  let type: String
  let horizon: Timestamp
  let rule: String
  private(set) var place = PrunePage.Place.start

  init(type: String, horizon: Timestamp, rule: String) {
    self.type = type
    self.horizon = horizon
    self.rule = rule
  }

  /// The stretches of a page, each with at least one message that is due and no more than the limits allow.
  func stretches(of page: PrunePage, limits: RetentionLimits) -> [Stretch] {
    var stretches: [Stretch] = []
    var open = Stretch(after: place, through: place)
    var messages = 0
    var bytes = 0
    for candidate in page.candidates where candidate.isDue {
      if messages > 0, messages == limits.batchMessages || bytes + candidate.bytes > limits.batchBytes {
        stretches.append(open)
        open = Stretch(after: open.through, through: open.through)
        messages = 0
        bytes = 0
      }
      open.through = candidate.place
      messages += 1
      bytes += candidate.bytes
    }
    if messages > 0 { stretches.append(open) }
    return stretches
  }

  func order(for stretch: Stretch, at now: Timestamp) -> PruneOrder {
    PruneOrder(
      type: type, horizon: horizon, after: stretch.after, through: stretch.through, rule: rule, at: now)
  }

  /// False when the page was the last one.
  mutating func advance(behind page: PrunePage) -> Bool {
    guard let last = page.candidates.last, page.candidates.count == PruneOrder.stretchLimit else { return false }
    place = last.place
    return true
  }
}
