import DossierModel
import ServiceKit
import Testing

@Suite("The retry policy")
struct RetryPolicyTests {
  let created = Timestamp(seconds: 1_000_000)

  @Test("waits as long as the delivery is old, between the two limits")
  func ages() {
    let policy = RetryPolicy()
    for (age, pause) in [(0, 5), (4, 5), (5, 5), (10, 10), (600, 600), (4_000, 4_000), (400_000, 4_000)] {
      let now = created + .seconds(age)
      #expect(policy.nextAttempt(createdAt: created, now: now, chance: 0) == now + .seconds(pause), "age \(age) s")
    }
  }

  @Test("doubles the pause from one attempt to the next while the destination stays down")
  func schedule() {
    var now = created
    var pauses: [Int64] = []
    for _ in 0..<12 {
      let next = RetryPolicy().nextAttempt(createdAt: created, now: now, chance: 0)!
      pauses.append((next - now).components.seconds)
      now = next
    }
    #expect(pauses == [5, 5, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 4_000])
  }

  @Test("takes up to a quarter off by chance, never more")
  func jitter() {
    let now = created + .seconds(100)
    #expect(RetryPolicy().nextAttempt(createdAt: created, now: now, chance: 0.999_999)! > now + .seconds(75))
    #expect(RetryPolicy().nextAttempt(createdAt: created, now: now, chance: 0.5) == now + .milliseconds(87_500))
  }

  @Test("gives up when the lifetime is spent, not a moment earlier")
  func lifetime() {
    let policy = RetryPolicy(lifetime: .seconds(60))
    #expect(policy.nextAttempt(createdAt: created, now: created + .milliseconds(59_999), chance: 0) != nil)
    #expect(policy.nextAttempt(createdAt: created, now: created + .seconds(60), chance: 0) == nil)
  }

  @Test("never comes earlier than the partner asked for")
  func retryAfter() {
    let wish = created + .seconds(300)
    #expect(RetryPolicy().nextAttempt(createdAt: created, now: created, notBefore: wish, chance: 0) == wish)
    let early = created + .seconds(1)
    #expect(
      RetryPolicy().nextAttempt(createdAt: created, now: created, notBefore: early, chance: 0) == created + .seconds(5))
  }
}
