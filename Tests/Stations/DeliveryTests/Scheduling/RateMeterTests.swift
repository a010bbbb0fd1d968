import Delivery
import ServiceKit
import Testing

@Suite struct RateMeterTests {
  private func instant(_ milliseconds: Int) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: Int64(milliseconds) * 1_000_000)
  }

  @Test("a start brings one request, a rest brings the burst, and then it is one every interval")
  func burst() {
    var meter = RateMeter(RateLimit(requests: 10, period: .seconds(1), burst: 3), at: instant(0))
    #expect(meter.available(at: instant(0)) == 1)
    meter.take(at: instant(0))
    #expect(meter.available(at: instant(99)) == 0)
    #expect(meter.nextAt(instant(0)) == instant(100))
    #expect(meter.available(at: instant(100)) == 1)
    #expect(meter.available(at: instant(10_000)) == 3)
    for _ in 0..<3 { meter.take(at: instant(10_000)) }
    #expect(meter.available(at: instant(10_000)) == 0)
    #expect(meter.nextAt(instant(10_000)) == instant(10_100))
  }

  @Test("over any stretch of time no more go out than the rate and the burst allow", arguments: [1, 3, 7, 60, 1_000])
  func never(requests: Int) {
    let rate = RateLimit(requests: requests, period: .seconds(60), burst: 4)
    var meter = RateMeter(rate, at: instant(0))
    var random = SeededGenerator(seed: UInt64(requests))
    var sent: [Int] = []
    var now = 0
    while now < 600_000 {
      for _ in 0..<meter.available(at: instant(now)) where Bool.random(using: &random) {
        meter.take(at: instant(now))
        sent.append(now)
      }
      now += Int.random(in: 1...2_000, using: &random)
    }
    for (index, first) in sent.enumerated() {
      let inMinute = sent[index...].prefix { $0 < first + 60_000 }.count
      #expect(inMinute <= requests + 4)
    }
    #expect(sent.count >= min(10 * requests, 60) / 4, "it lets something through")
  }
}
