import DossierModel
import Reception
import ServiceKit
import Testing

@Suite("Tickets of logged-in parties")
struct SessionRegistryTests {
  private let time = ManualTimeSource()

  @Test("a ticket names its party until its lifetime is over, to the microsecond")
  func lifetime() {
    let registry = SessionRegistry(time: time, lifetime: .seconds(60))
    let ticket = registry.open(for: "a")
    time.advance(by: .seconds(60) - .microseconds(1))
    #expect(registry.party(showing: ticket) == "a")
    time.advance(by: .microseconds(1))
    #expect(registry.party(showing: ticket) == nil)
    // Set back by an operator, the clock brings no ticket back that was seen to have ended.
    time.set(now: time.now() - .seconds(30))
    #expect(registry.party(showing: ticket) == nil)
  }

  @Test("a ticket is 32 random bytes, another one each time, and an altered one names nobody")
  func unguessable() {
    let registry = SessionRegistry(time: time, lifetime: .seconds(60))
    let ticket = registry.open(for: "a")
    #expect(ticket.utf8.count == 43)
    #expect(registry.open(for: "a") != ticket)
    #expect(registry.party(showing: String(ticket.dropLast()) + (ticket.hasSuffix("A") ? "B" : "A")) == nil)
    #expect(registry.party(showing: "") == nil)
    #expect(registry.party(showing: ticket) == "a")
  }

  @Test("at the limit every ticket is kept; one more costs the tickets that end first")
  func limit() {
    let registry = SessionRegistry(time: time, lifetime: .seconds(3_600))
    var tickets: [String] = []
    for number in 0..<SessionRegistry.ticketLimit {
      tickets.append(registry.open(for: PartyID("p\(number)")))
      time.advance(by: .microseconds(1))
    }
    #expect(tickets.enumerated().allSatisfy { registry.party(showing: $1) == PartyID("p\($0)") })
    let extra = registry.open(for: "extra")
    #expect(registry.party(showing: extra) == "extra")
    let gone = SessionRegistry.ticketLimit / 8
    #expect(registry.party(showing: tickets[0]) == nil && registry.party(showing: tickets[gone - 1]) == nil)
    #expect(tickets[gone...].enumerated().allSatisfy { registry.party(showing: $1) == PartyID("p\($0 + gone)") })
  }

  @Test("a ticket that has ended makes room before any other does")
  func endedGoFirst() {
    let registry = SessionRegistry(time: time, lifetime: .seconds(10))
    _ = registry.open(for: "ended")
    time.advance(by: .seconds(5))
    let living = (1..<SessionRegistry.ticketLimit).map { registry.open(for: PartyID("p\($0)")) }
    time.advance(by: .seconds(5))
    let extra = registry.open(for: "extra")
    #expect(registry.party(showing: extra) == "extra")
    #expect(living.allSatisfy { registry.party(showing: $0) != nil })
  }
}
