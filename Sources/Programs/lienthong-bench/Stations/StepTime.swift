/// What one step costs.
struct StepTime {
  let name: String
  let microseconds: Double

  var text: String {
    "  " + name + String(repeating: " ", count: max(1, 58 - name.count))
      + String(repeating: " ", count: max(0, 8 - Figures.one(microseconds).count)) + Figures.one(microseconds) + " µs"
  }

  /// The same, with how many documents a second one core gets through.
  var textWithRate: String {
    let rate = Figures.whole(1e6 / microseconds)
    return text + String(repeating: " ", count: max(1, 10 - rate.count)) + rate + " documents/s"
  }

  /// Processor time of `body` on this thread, each call; the best of several batches, because the machine is shared.
  static func measure(_ name: String, calls: Int = 400, _ body: () throws -> Void) rethrows -> StepTime {
    for _ in 0..<20 { try body() }
    var best = Double.infinity
    for _ in 0..<7 {
      let start = Clock.threadCPU
      for _ in 0..<calls { try body() }
      best = min(best, (Clock.threadCPU - start) / Double(calls))
    }
    return StepTime(name: name, microseconds: best * 1e6)
  }
}
