import Glibc

/// Asks again and again, a little later each time, until `condition` gives something or time is up: for what another
/// process does and sends no signal about.
func eventually<Value>(within seconds: Double = 20, _ condition: () throws -> Value?) rethrows -> Value? {
  let end = ContinuousClock.now + .seconds(seconds)
  var pause: UInt32 = 2_000
  while true {
    if let value = try condition() { return value }
    guard ContinuousClock.now < end else { return nil }
    usleep(pause)
    pause = min(pause * 2, 100_000)
  }
}
