import Delivery
import ServiceKit
import Testing

@Suite struct DestinationCredentialTests {
  private let start = MonotonicInstant(nanoseconds: 0)

  @Test("one login runs at a time, and those refused with the old token find the new one")
  func oneLogin() {
    var credential = DestinationCredential(isRenewable: true)
    #expect(credential.need(at: start) == .renew)
    #expect(credential.need(at: start) == .wait)
    credential.renewed("a", lifetime: nil, at: start)
    #expect(credential.need(at: start) == .use(token: "a", generation: 1))
    credential.rejected(generation: 1)
    #expect(credential.need(at: start) == .renew)
    // A second refusal of the same token while the login runs, and one after it.
    credential.rejected(generation: 1)
    #expect(credential.need(at: start) == .wait)
    credential.renewed("b", lifetime: nil, at: start)
    credential.rejected(generation: 1)
    #expect(credential.need(at: start) == .use(token: "b", generation: 2))
  }

  @Test("a token is used up to its lifetime and not at its end")
  func lifetime() {
    var credential = DestinationCredential(isRenewable: true)
    _ = credential.need(at: start)
    credential.renewed("a", lifetime: .seconds(60), at: start)
    #expect(credential.need(at: start + .seconds(60) + .nanoseconds(-1)) == .use(token: "a", generation: 1))
    #expect(credential.need(at: start + .seconds(60)) == .renew)
  }

  @Test("a failed login may be tried again, and a partner without login needs none")
  func failureAndNone() {
    var credential = DestinationCredential(isRenewable: true)
    _ = credential.need(at: start)
    credential.renewalFailed()
    #expect(credential.need(at: start) == .renew)
    var none = DestinationCredential(isRenewable: false)
    #expect(none.need(at: start) == .use(token: "", generation: 0))
  }
}
