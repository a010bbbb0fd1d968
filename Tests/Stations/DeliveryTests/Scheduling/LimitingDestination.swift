import Delivery
import ServiceKit

/// An agency that takes so many requests at a time and turns away every further one, and a window that sends it one
/// request for each of many deliveries: Postfix's experiment (its SCHEDULER_README, "Preliminary results"), simulated.
struct LimitingDestination {
  struct Outcome {
    /// Of all deliveries, how many were turned away and have to be tried again later, in per cent.
    var deferred: Double
    /// Requests under way over time, and how far they strayed from that.
    var mean: Double
    var deviation: Double
  }

  /// Requests it takes at a time.
  var limit: Int
  var feedback: ConcurrencyFeedback
  var deliveries = 2_000
  var windowLimit = 20
  var seed: UInt64 = 1

  private struct Request {
    var end: Double
    var isTaken: Bool
    var generation: Int
  }

  func run() -> Outcome {
    var policy = WindowPolicy()
    policy.growth = feedback
    policy.shrinkage = feedback
    // As in the original: the destination limits, it is not dead.
    policy.failedWindows = 1e9
    var window = DestinationWindow(limit: windowLimit, policy: policy)
    var random = SeededGenerator(seed: seed)
    var underWay: [Request] = []
    var now = 0.0
    var (left, deferred) = (deliveries, 0)
    var (area, squares) = (0.0, 0.0)
    while left > 0 || !underWay.isEmpty {
      while left > 0, underWay.count < window.places {
        left -= 1
        let isTaken = underWay.count(where: \.isTaken) < limit
        // A second of work, more or less; a refusal comes at once.
        let time = isTaken ? Double.random(in: 0.5...1.5, using: &random) : 0.05
        underWay.append(Request(end: now + time, isTaken: isTaken, generation: window.generation))
      }
      let next = underWay.indices.min { underWay[$0].end < underWay[$1].end }!
      let request = underWay[next]
      let busy = Double(underWay.count)
      area += busy * (request.end - now)
      squares += busy * busy * (request.end - now)
      now = request.end
      underWay.remove(at: next)
      if request.isTaken {
        window.answered(in: request.generation, busy: underWay.count + 1)
      } else {
        deferred += 1
        let instant = MonotonicInstant(nanoseconds: Int64(now * 1e9))
        _ = window.faulted(in: request.generation, at: instant, chance: 0)
      }
    }
    let mean = area / now
    return Outcome(
      deferred: 100 * Double(deferred) / Double(deliveries), mean: mean,
      deviation: max(0, squares / now - mean * mean).squareRoot())
  }
}
