import Delivery
import DossierModel
import DossierStore
import Gateway
import GatewayTesting
import HTTPKit
import Simulation

// What a partner has for us when it is asked. Each case has a gateway and a partner of its own.
extension ConformanceKit {
  private var polls: [PartnerPoll] { profile.delivery?.polls ?? [] }

  private var isAwaiting: Bool {
    polls.contains { if case .awaited = $0.progress { true } else { false } }
  }

  /// What the partner may have for us.
  private func examples() throws -> [ConformanceExample] {
    let named = polls.compactMap(\.message)
    let types = profile.messages.filter {
      $0.toCanonical != nil && (named.isEmpty ? true : named.contains($0.name))
    }
    return try types.flatMap { try ConformanceExample.incoming($0, catalogue: catalogue) }
  }

  /// - Parameter count: how many there are; one of each unless told.
  private func prepared(_ count: Int? = nil) throws -> (bench: ConformanceBench, examples: [ConformanceExample])? {
    guard !polls.isEmpty else { return nil }
    let all = try examples()
    guard !all.isEmpty else { return nil }
    let bench = try ConformanceBench(profile, catalogue: catalogue, asking: true)
    let examples = (0..<(count ?? all.count)).map { number in
      all[number % all.count].about(bench.number()).withOwnIdentifier(number + 1)
    }
    return (bench, examples)
  }

  private func put(_ example: ConformanceExample, _ bench: ConformanceBench) -> Bool {
    bench.partner.hold(Array(example.document.utf8), kind: example.type.kind.rawValue)
      || fail("the simulated partner hands out nothing")
  }

  /// Where the partner is asked about what it has: has it these dossiers.
  private func known(_ examples: [ConformanceExample], _ bench: ConformanceBench) -> Bool {
    guard isAwaiting else { return true }
    for poll in polls {
      guard case .awaited(let awaited) = poll.progress else { continue }
      let fitting = outgoing.first { example in
        awaited.types.contains(example.type.name)
          && (awaited.procedures.isEmpty
            || awaited.procedures.contains { example.document.contains("<code>\($0)</code>") })
      }
      guard let fitting else { continue }
      for example in examples {
        let dossier = fitting.replacing(fitting.code, with: example.code)
        guard bench.lodge(dossier)?.status == 202, bench.reaches(dossier, ["delivered"]) else {
          return fail("\(fitting.name) about \(example.code) is not delivered: \(bench.states(of: dossier))")
        }
      }
      return true
    }
    return fail("no example of what is awaited fits")
  }

  /// Everything that comes, until it is so many or time is up.
  private func arrived(_ count: Int, _ bench: ConformanceBench) -> [String] {
    var documents: [String] = []
    _ = Patience.until(seconds: 30) {
      documents += bench.emptyInbox()
      return documents.count >= count
    }
    return documents
  }

  /// Waits until each poll has gone through so many more rounds, good or bad.
  func rounds(_ count: Int, _ bench: ConformanceBench) -> Bool {
    for _ in 0..<count {
      let before = (try? bench.reader.polls())?.map(\.begun) ?? []
      let went = Patience.until(seconds: 20) {
        guard let now = (try? bench.reader.polls())?.map(\.begun), now.count == polls.count else { return false }
        return before.count != now.count || zip(before, now).allSatisfy { $0 != $1 }
      }
      guard went else { return fail("the partner is not asked: \(standing(bench))") }
    }
    return true
  }

  private func standing(_ bench: ConformanceBench) -> String {
    let rows = (try? bench.reader.polls()) ?? []
    return rows.map { "\($0.id.name) failures \($0.failures) \($0.failure?.rawValue ?? "") \($0.note ?? "")" }
      .joined(separator: "; ")
  }

  func isWell(_ bench: ConformanceBench) -> Bool {
    let rows = (try? bench.reader.polls()) ?? []
    return !rows.isEmpty && rows.allSatisfy { $0.failures == 0 } || fail("a poll fails: \(standing(bench))")
  }

  private func hold(_ documents: [String], _ examples: [ConformanceExample], _ bench: ConformanceBench) throws -> Bool {
    guard documents.count == examples.count else {
      let kept = (try? bench.reader.pollItems(of: nil, after: 0, limit: 9).map { "\($0.fault) \($0.note ?? "")" }) ?? []
      return fail("\(documents.count) came of \(examples.count); \(standing(bench)); kept: \(kept)")
    }
    for example in examples {
      let golden = example.golden ?? example.document
      let isThere = try documents.contains { try ArrivedDocument.holds(Array($0.utf8), golden, isXML: true) }
      guard isThere else { return fail("\(example.name): nothing that came is the golden document") }
    }
    return true
  }

  // MARK: Cases

  func polled() throws -> Bool? {
    guard let (bench, examples) = try prepared() else { return nil }
    for example in examples where !put(example, bench) { return false }
    try bench.start()
    guard known(examples, bench) else { return false }
    return try hold(arrived(examples.count, bench), examples, bench)
  }

  func polledNothing() throws -> Bool? {
    guard let (bench, examples) = try prepared(1) else { return nil }
    try bench.start()
    guard known(examples, bench), rounds(3, bench), isWell(bench) else { return false }
    return bench.emptyInbox().isEmpty || fail("something came of nothing")
  }

  func polledOutage() throws -> Bool? {
    guard let (bench, examples) = try prepared(1) else { return nil }
    try bench.start()
    guard known(examples, bench), rounds(1, bench), isWell(bench) else { return false }
    bench.partner.breakPolls()
    let outages = bench.partner.outages
    let failed = Patience.until(seconds: 20) {
      (try? bench.reader.polls())?.contains { $0.failures > 0 && $0.failure.map { outages.contains($0) } == true }
        ?? false
    }
    guard failed else { return fail("what cannot be read is no outage: \(standing(bench))") }
    guard put(examples[0], bench) else { return false }
    bench.partner.play(FaultSetting(.ok))
    return try hold(arrived(1, bench), examples, bench)
  }

  func polledAgain() throws -> Bool? {
    guard let (bench, examples) = try prepared(1) else { return nil }
    guard put(examples[0], bench) else { return false }
    try bench.start()
    guard known(examples, bench), try hold(arrived(1, bench), examples, bench), rounds(2, bench) else { return false }
    bench.stop()
    try bench.start()
    guard rounds(3, bench) else { return false }
    return bench.emptyInbox().isEmpty || fail("\(examples[0].name) came again")
  }

  func polledExpiredSession() throws -> Bool? {
    guard profile.delivery?.authentication.isRenewable == true, let (bench, examples) = try prepared(1) else {
      return nil
    }
    try bench.start()
    guard known(examples, bench), rounds(1, bench) else { return false }
    bench.partner.forgetSessions()
    guard put(examples[0], bench) else { return false }
    return try hold(arrived(1, bench), examples, bench) && isWell(bench)
  }

  func polledUntakable() throws -> Bool? {
    guard let (bench, examples) = try prepared(2) else { return nil }
    guard let bad = examples[0].spoilt else { return fail("\(examples[0].name): how to spoil it is not known") }
    guard put(bad, bench), put(examples[1], bench) else { return false }
    try bench.start()
    guard known(examples, bench), try hold(arrived(1, bench), [examples[1]], bench), rounds(2, bench), isWell(bench)
    else { return false }
    let kept = try bench.reader.pollItems(of: "doi-tac", after: 0, limit: 9)
    guard kept.count == 1, let (_, bytes) = try bench.reader.pollItem(kept[0].number) else {
      return fail("\(kept.count) items are kept")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.trimmed == bad.document.trimmed || fail("what is kept is not what came")
  }

  func polledMany() throws -> Bool? {
    guard let (bench, examples) = try prepared(isAwaiting ? 8 : 120) else { return nil }
    for example in examples where !put(example, bench) { return false }
    try bench.start()
    guard known(examples, bench) else { return false }
    let documents = arrived(examples.count, bench)
    guard documents.count == examples.count, Set(documents).count == documents.count else {
      return fail("\(documents.count) came of \(examples.count): \(standing(bench))")
    }
    return rounds(2, bench) && (bench.emptyInbox().isEmpty || fail("some came again"))
  }
}

extension String {
  fileprivate var trimmed: Substring {
    let head = drop { $0.isWhitespace }
    guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return head }
    return head[...last]
  }
}

extension ConformanceExample {
  /// With an identifier of its own, where the tongue has one beside the dossier's code: the moment in it stays.
  fileprivate func withOwnIdentifier(_ number: Int) -> ConformanceExample {
    guard let found = document.firstMatch(of: /"\$oid": "([0-9A-Fa-f]{8})[0-9A-Fa-f]{16}"/) else { return self }
    let digits = String(repeating: "0", count: 16 - String(number).count) + String(number)
    return replacing(String(found.output.0), with: "\"$oid\": \"\(found.output.1)\(digits)\"")
  }

  /// The same with something in it that its schema does not have; nil where nothing is known to spoil.
  fileprivate var spoilt: ConformanceExample? {
    let ways = [
      ("\"orderNumber\"", "\"orderNo\""), ("\"trangThaiXuLy\": \"", "\"trangThaiXuLy\": \"?"),
      ("\"trangThai\": \"", "\"trangThai\": \"?"), ("\"maTTHC\"", "\"maTTHCs\""), ("<code>", "<ma>"),
    ]
    for (old, new) in ways where document.contains(old) { return replacing(old, with: new) }
    // Half an XML document.
    guard document.contains("edXML"), let end = document.firstRange(of: "</") else { return nil }
    return replacing(document, with: document[..<end.lowerBound])
  }
}
