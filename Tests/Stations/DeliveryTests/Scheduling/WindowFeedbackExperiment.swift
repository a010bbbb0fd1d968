import Delivery
import GatewayTesting
import Testing

/// Why the window moves by 1/N and not by whole places. `swift test --filter WindowFeedbackExperiment` prints the table.
@Suite("Towards a destination that takes so many at a time") struct WindowFeedbackExperiment {
  private let limits = [5, 8, 12]

  /// As it stands in the manual.
  private func table() -> String {
    var lines = [
      "| takes at a time | feedback | turned away | under way, mean | deviation |", "| --- | --- | --- | --- | --- |",
    ]
    for limit in limits {
      for feedback in ConcurrencyFeedback.allCases {
        let outcome = LimitingDestination(limit: limit, feedback: feedback).run()
        lines.append(
          "| \(limit) | \(name(feedback)) | \(tenths(outcome.deferred)) % | \(tenths(outcome.mean)) | \(tenths(outcome.deviation)) |"
        )
      }
    }
    return lines.joined(separator: "\n")
  }

  private func name(_ feedback: ConcurrencyFeedback) -> String {
    switch feedback {
    case .fixed: "1"
    case .inverseRoot: "1/√N"
    case .inverse: "1/N"
    }
  }

  private func tenths(_ number: Double) -> String {
    let scaled = Int((number * 10).rounded())
    return "\(scaled / 10).\(scaled % 10)"
  }

  @Test(
    "postfix-active-limiter-50pct: whole places turn away about half, 1/N a small part, with the destination as busy")
  func fiftyPercent() {
    for limit in limits {
      for seed in 1...5 as ClosedRange<UInt64> {
        let fixed = LimitingDestination(limit: limit, feedback: .fixed, seed: seed).run()
        let inverse = LimitingDestination(limit: limit, feedback: .inverse, seed: seed).run()
        #expect((35...65).contains(fixed.deferred), "limit \(limit), seed \(seed): \(fixed)")
        #expect(inverse.deferred < 20, "limit \(limit), seed \(seed): \(inverse)")
        #expect(inverse.mean > Double(limit) * 0.9)
        #expect(inverse.deviation < 1.5)
      }
    }
  }

  @Test("the manual's table is what the experiment gives")
  func published() {
    let table = table()
    print(table)
    let path = TestFiles.projectRoot + "/Sources/Gateway/Gateway.docc/Scheduling.md"
    let manual = String(decoding: TestFiles.read(path), as: UTF8.self)
    #expect(manual.contains(table), "copy the printed table into Scheduling.md")
  }
}
