import Glibc

/// Waits for something that another process brings about.
package enum Patience {
  /// Asks again and again until the answer is yes; false when the time is up.
  package static func until(seconds: Double = 30, _ condition: () -> Bool) -> Bool {
    var left = Int(seconds * 50)
    while left > 0 {
      if condition() { return true }
      usleep(20_000)
      left -= 1
    }
    return condition()
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
