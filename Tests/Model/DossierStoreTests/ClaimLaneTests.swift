import DossierStore
import Testing

@Suite("The lanes of a claim") struct ClaimLaneTests {
  private func places(_ count: Int, turn: Int = 0, _ waiting: [ClaimLane: Int]) -> [ClaimLane: Int] {
    Dictionary(
      ClaimLane.order(ClaimRequest(count, turn: turn), waiting: waiting).map { ($0, 1) }, uniquingKeysWith: +)
  }

  @Test("a bulk job gets a fifth while single dossiers wait, and everything when none does")
  func bulk() {
    #expect(places(100, [.single: 1_000, .bulk: 1_000]) == [.single: 80, .bulk: 20])
    #expect(places(100, [.bulk: 1_000]) == [.bulk: 100])
    #expect(places(100, [.single: 10, .bulk: 1_000]) == [.single: 10, .bulk: 90])
  }

  @Test("postfix-flush-storm: what comes back after an outage takes no more than half from what is new")
  func retries() {
    let places = places(100, [.single: 1_000, .bulk: 1_000, .retry: 1_000])
    #expect(places == [.single: 40, .bulk: 20, .retry: 40])
    #expect(self.places(100, [.single: 1_000, .retry: 1_000]) == [.single: 60, .retry: 40])
    #expect(self.places(100, [.single: 3, .retry: 1_000]) == [.single: 3, .retry: 97])
  }

  @Test("shares hold also when deliveries are claimed one by one")
  func oneByOne() {
    var taken: [ClaimLane: Int] = [:]
    for turn in 0..<100 {
      taken.merge(places(1, turn: turn, [.single: 1, .bulk: 1, .retry: 1]), uniquingKeysWith: +)
    }
    #expect(taken == [.single: 40, .bulk: 20, .retry: 40])
  }

  @Test("no more is taken than waits, and no more than is asked for")
  func bounds() {
    #expect(places(5, [:]).isEmpty)
    #expect(places(0, [.single: 5]).isEmpty)
    #expect(places(9, [.single: 2, .bulk: 1, .retry: 3]).values.reduce(0, +) == 6)
  }
}
