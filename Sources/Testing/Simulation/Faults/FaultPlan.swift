package import ServiceKit

/// Decides how each request is treated: by the order in force, or by chance with a seed.
///
/// A pure machine: the time comes in, a mode goes out. Faults by chance happen only while the order in force is `ok`,
/// and the same seed brings the same faults for the same sequence of requests.
package struct FaultPlan: Sendable {
  package private(set) var setting = FaultSetting(.ok)
  private var endsAt: MonotonicInstant?
  private var requestsLeft: Int?
  private let rate: Double
  private let modes: [FaultMode]
  private var dice: SeededGenerator

  /// How long a partner is not there when chance has it so.
  private static let drawnOutage = Duration.seconds(1)

  /// `rate` is the share of requests with a fault, from 0 to 1, and `modes` are the faults, each as likely as the others;
  /// outside traps.
  package init(rate: Double = 0, modes: [FaultMode] = FaultMode.byChance, seed: UInt64 = 0) {
    precondition((0...1).contains(rate), "a fault rate is a share, from 0 to 1")
    precondition(!modes.isEmpty, "chance chooses among some modes")
    self.rate = rate
    self.modes = modes
    dice = SeededGenerator(seed: seed)
  }

  package mutating func set(_ setting: FaultSetting, now: MonotonicInstant) {
    self.setting = setting
    endsAt = setting.lasting.map { now + $0 }
    requestsLeft = setting.requests
  }

  /// When the order in force ends by itself.
  package func end() -> MonotonicInstant? { endsAt }

  /// The order in force at `now`.
  package mutating func current(now: MonotonicInstant) -> FaultSetting {
    if let endsAt, now >= endsAt { set(FaultSetting(.ok), now: now) }
    return setting
  }

  /// How the request that has just arrived is treated.
  package mutating func next(now: MonotonicInstant) -> FaultSetting {
    let setting = current(now: now)
    guard setting.mode == .ok else {
      if let left = requestsLeft {
        requestsLeft = left - 1
        if left == 1 { set(FaultSetting(.ok), now: now) }
      }
      return setting
    }
    guard rate > 0 else { return setting }
    // Two draws for every request, also where one would do, so that a fault does not shift those after it.
    let isFault = dice.happens(rate)
    let mode = modes[dice.number(below: modes.count)]
    return isFault ? FaultSetting(mode, lasting: mode == .down ? Self.drawnOutage : nil, delay: .seconds(1)) : setting
  }
}
