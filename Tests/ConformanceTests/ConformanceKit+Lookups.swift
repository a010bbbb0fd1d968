import Delivery
import DocumentKit
import Gateway
import GatewayTesting
import HTTPKit
import JSONKit
import Simulation
import Testing

extension ConformanceKit {
  /// What the partner can be asked, with what it is asked about; in the order of the profile.
  func lookups(of bench: ConformanceBench) -> [LookupExample] {
    guard let delivery = profile.delivery else { return [] }
    if let service = bench.simulator as? ServiceSimulator {
      return zip(delivery.lookups, service.description.lookups).compactMap { LookupExample($0, $1) }
    }
    guard let simulator = bench.simulator else { return [] }
    return delivery.lookups.compactMap { LookupExample($0, of: simulator, catalogue: catalogue) }
  }

  /// Deliveries, polls and lookups at the same time, to a partner that ends a session when its account logs in again.
  func oneSession() throws -> Bool? {
    guard let delivery = profile.delivery, delivery.authentication.isRenewable else { return nil }
    let bench = try ConformanceBench(
      profile, catalogue: catalogue, asking: !delivery.polls.isEmpty, hasOneSession: true)
    if !delivery.polls.isEmpty { try bench.start() }
    let asked = lookups(of: bench).first
    for _ in 0..<3 {
      let lodged = outgoing.prefix(4).map { $0.about(bench.number()) }
      for example in lodged { bench.prepare(example) }
      for example in lodged where bench.lodge(example)?.status != 202 { return fail("\(example.name): not lodged") }
      if let asked, let answer = bench.look(asked.lookup, asked.parameters), answer.status != 200 {
        return fail("\(asked.lookup.name): \(Self.text(answer))")
      }
      for example in lodged where !bench.reaches(example, ["delivered"]) {
        return fail("\(example.name): \(bench.states(of: example))")
      }
    }
    guard delivery.polls.isEmpty || rounds(3, bench) && isWell(bench) else { return false }
    let events = bench.simulator?.journal.events ?? []
    let logins = events.count { $0.name == .loginAccepted }
    let refusals = events.count { [.sessionRefused, .callerRefused].contains($0.name) }
    return logins == 1 && refusals == 0 || fail("\(logins) logins, and \(refusals) sessions that were not good")
  }

  func lookup() throws -> Bool? {
    let asked = lookups(of: bench)
    let named = profile.delivery?.lookups.map(\.name) ?? []
    guard !named.isEmpty else { return nil }
    var isGood =
      asked.map(\.lookup.name) == named || fail("of \(named) the partner answers \(asked.map(\.lookup.name))")
    for example in asked {
      let lookup = example.lookup
      let answer = bench.look(lookup, example.parameters)
      guard answer?.status == 200, let body = answer?.body else {
        isGood = fail("\(lookup.name): \(Self.text(answer))")
        continue
      }
      if try !ArrivedDocument.holds(body, example.golden, isXML: true) {
        isGood = fail("\(lookup.name): \(String(decoding: body, as: UTF8.self))")
      }
    }
    return isGood
  }

  /// Another number than any that the partner knows.
  func lookupUnknown() throws -> Bool? {
    let asked = lookups(of: bench).compactMap { example in example.unknown.map { (example.lookup, $0) } }
    guard !asked.isEmpty else { return nil }
    var isGood = true
    for (lookup, parameters) in asked {
      let answer = bench.look(lookup, parameters)
      let word = bench.visitor.json(answer)?["type"]?.string ?? ""
      let isNo = ["no-record", "partner-refused"].contains { word.hasSuffix(":\($0)") }
      // Of some partners only the answer to what they have is known.
      if !isNo, answer?.status != 422 { isGood = fail("\(lookup.name): \(Self.text(answer))") }
    }
    return isGood
  }

  func lookupFaults() throws -> Bool? {
    guard let example = lookups(of: bench).first else { return nil }
    let lookup = example.lookup
    var isGood = true
    for mode in [FaultMode.garbage, .error500, .busy, .halfAnswer, .huge, .silent] {
      bench.partner.play(FaultSetting(mode, requests: 1))
      let answer = bench.look(lookup, example.parameters)
      if answer?.status != 502 { isGood = fail("\(lookup.name), \(mode.rawValue): \(Self.text(answer))") }
      bench.partner.play(FaultSetting(.ok))
    }
    // A GET on a connection that was open before is sent again by HTTP itself (RFC 9110 §9.2.2).
    bench.partner.play(FaultSetting(.cut, requests: 1))
    let cut = bench.look(lookup, example.parameters)?.status
    if cut != 502 && cut != 200 { isGood = fail("\(lookup.name), cut: \(cut ?? 0)") }
    bench.partner.play(FaultSetting(.ok))
    for mode in [FaultMode.wrongType, .expired, .repeated] {
      bench.partner.play(FaultSetting(mode, requests: 1))
      let answer = bench.look(lookup, example.parameters)
      if answer?.status != 200 { isGood = fail("\(lookup.name), \(mode.rawValue): \(Self.text(answer))") }
    }
    return isGood
  }
}
