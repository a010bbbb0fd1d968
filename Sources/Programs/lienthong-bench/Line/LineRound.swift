/// What one round of load gave.
struct LineRound {
  let messages: Int
  /// Until the last message was accepted.
  let acceptedSeconds: Double
  /// Until the last one was delivered and that was on the disk.
  let doneSeconds: Double
  let latencies: [Double]
  let cpuSeconds: Double
  /// What generator and sink used of the same cores.
  let loadSeconds: Double
  let residentKibibytes: Int

  var messagesPerSecond: Double { Double(messages) / doneSeconds }
  var cpuMicroseconds: Double { cpuSeconds * 1e6 / Double(messages) }
  /// Rows the bare inserts share a commit with: about what the connections give.
  var batch: Int { 16 }

  var text: String {
    "\(Figures.whole(messagesPerSecond)) messages/s accepted, delivered and done "
      + "(accepted at \(Figures.whole(Double(messages) / acceptedSeconds))/s), "
      + "p50 \(Figures.one(percentile(0.5) * 1e3)) ms, p99 \(Figures.one(percentile(0.99) * 1e3)) ms, "
      + "\(Figures.one(cpuMicroseconds)) µs of processor a message (generator and sink: "
      + "\(Figures.whole(loadSeconds * 1e6 / Double(messages)))), \(residentKibibytes / 1_024) MiB resident"
  }

  private func percentile(_ share: Double) -> Double {
    latencies[min(latencies.count - 1, Int(Double(latencies.count) * share))]
  }
}
