import Glibc

/// Waits for something that another process brings about.
package enum Patience {
  /// Asks again and again until the answer is yes; false when the time is up. It is asked once at least, and goes on as long as
  /// the last question takes.
  package static func until(seconds: Double = 30, _ condition: () -> Bool) -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while !condition() {
      guard ContinuousClock.now < end else { return false }
      usleep(20_000)
    }
    return true
  }

  /// The same without keeping a thread from other tests: for what takes long and costs little.
  package static func wait(seconds: Double, for condition: () -> Bool) async -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while !condition() {
      guard ContinuousClock.now < end else { return false }
      try? await Task.sleep(for: .milliseconds(20))
    }
    return true
  }
}
