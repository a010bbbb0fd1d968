/// Two ways of doing the same, timed in turns, so that whatever else the machine does falls on both.
struct PairedTime {
  let first: Double
  let second: Double
  /// The median of the turns' own ratios, first over second.
  let ratio: Double

  /// Microseconds of processor time of this thread a call; medians of `turns` turns of `calls` calls each.
  static func measure(
    turns: Int = 15, calls: Int = 200, _ first: () throws -> Void, against second: () throws -> Void,
  ) rethrows -> PairedTime {
    for _ in 0..<20 {
      try first()
      try second()
    }
    var firsts: [Double] = []
    var seconds: [Double] = []
    for _ in 0..<turns {
      firsts.append(try time(calls, first))
      seconds.append(try time(calls, second))
    }
    return PairedTime(
      first: median(firsts), second: median(seconds), ratio: median(zip(firsts, seconds).map { $0 / $1 }))
  }

  static func time(_ calls: Int, _ body: () throws -> Void) rethrows -> Double {
    let start = Clock.threadCPU
    for _ in 0..<calls { try body() }
    return (Clock.threadCPU - start) / Double(calls) * 1e6
  }

  /// Between the two in the middle where there are as many below as above.
  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
