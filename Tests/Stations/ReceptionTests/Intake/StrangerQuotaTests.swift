import ServiceKit
import Testing

@testable import Reception

@Suite("The journal of strangers")
struct StrangerQuotaTests {
  @Test("takes its limit a minute and not one more, and begins anew with the next minute")
  func limit() {
    let quota = StrangerQuota()
    let start = Timestamp(seconds: 1_800_000_000)
    for _ in 0..<StrangerQuota.limit { #expect(quota.take(at: start)) }
    #expect(!quota.take(at: start + .milliseconds(59_999)))
    #expect(quota.take(at: start + .seconds(60)))
  }
}
