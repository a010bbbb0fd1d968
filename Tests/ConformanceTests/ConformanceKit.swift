import CryptographyKit
import Delivery
import DocumentKit
import DossierModel
import Foundation
import Gateway
import GatewayTesting
import HTTPKit
import JSONKit
import Reception
import ServiceKit
import Simulation
import Testing

/// Takes one profile through all cases; each says nil when it does not concern the profile.
final class ConformanceKit {
  let bench: ConformanceBench
  let profile: SiteProfile
  let catalogue: String
  let outgoing: [ConformanceExample]
  private let incoming: [ConformanceExample]
  /// Why it did not stand a case.
  private(set) var failures: [String] = []

  /// - Parameter catalogue: the folder with the profile's schemas, mappings and simulator.
  init(_ profile: SiteProfile, catalogue: String = TestFiles.projectRoot) throws {
    self.profile = profile
    self.catalogue = catalogue
    let operations = Set(profile.delivery?.operations.map(\.message) ?? [])
    outgoing = try profile.messages.filter { operations.contains($0.name) }
      .flatMap { try ConformanceExample.outgoing($0, of: profile, catalogue: catalogue) }
    incoming = try profile.messages.flatMap { try ConformanceExample.incoming($0, catalogue: catalogue) }
    bench = try ConformanceBench(profile, catalogue: catalogue)
  }

  /// True when the profile stands the case, false when it does not (the reasons are in `failures`), nil when the case
  /// does not concern it.
  func run(_ name: ConformanceCase) throws -> Bool? {
    switch name {
    case .happy: try happy()
    case .alreadyThere: try alreadyThere()
    case .expiredSession: try withFault(.expired, unless: bench.profile.delivery?.authentication.isRenewable != true)
    case .retry: try retry()
    case .refusal: try refusal()
    case .garbage: try withFault(.garbage)
    case .timeoutAfterSend: try withFault(.silent, once: true)
    case .halfAnswer: try withFault(.halfAnswer, once: true)
    case .down: try down()
    case .wrongContentType: try withFault(.wrongType, once: true)
    case .hugeAnswer: try withFault(.huge, once: true)
    case .largeAttachment: try largeAttachment()
    case .unicode: try unicode()
    case .resent: try resent()
    case .order: try order()
    case .networkTwice: try withFault(.repeated, once: true)
    case .overtaken: try overtaken()
    case .clockSkew: try withFault(.skewed)
    case .wrongSecret: try wrongSecret()
    case .sizeLimit: try sizeLimit()
    case .inbound: try inbound()
    case .inboundRepeated: try inboundRepeated()
    case .inboundGarbage: try inboundGarbage()
    case .polled: try polled()
    case .polledNothing: try polledNothing()
    case .polledOutage: try polledOutage()
    case .polledAgain: try polledAgain()
    case .polledExpiredSession: try polledExpiredSession()
    case .polledUntakable: try polledUntakable()
    case .polledMany: try polledMany()
    case .inboundForged: try inboundForged()
    case .lookup: try lookup()
    case .lookupUnknown: try lookupUnknown()
    case .lookupFaults: try lookupFaults()
    case .oneSession: try oneSession()
    }
  }

  // MARK: Out

  private func happy() throws -> Bool? {
    guard !outgoing.isEmpty else { return nil }
    return try all(outgoing) { example in
      let example = example.about(bench.number())
      bench.prepare(example)
      guard lodged(example), delivered(example, 1) else { return false }
      let taken = bench.taken(about: example)
      guard let body = taken.first, taken.count == 1 else {
        return fail("\(example.name): the partner took \(taken.count)")
      }
      let golden = example.golden ?? example.document
      return try ArrivedDocument.holds(ConformanceBench.unsigned(body), golden, isXML: example.isGoldenXML)
        || fail("\(example.name): what arrived is not the golden document")
    }
  }

  private func alreadyThere() throws -> Bool? {
    guard let first = outgoing.first else { return nil }
    let example = first.about(bench.number())
    bench.prepare(example)
    return lodged(example) && delivered(example, 1) && lodged(example.rewritten) && delivered(example, 2)
  }

  /// A fault in the way of one message, which arrives all the same.
  private func withFault(_ mode: FaultMode, unless isForeign: Bool = false, once isCounted: Bool = false) throws
    -> Bool?
  {
    guard let first = outgoing.first, !isForeign, bench.partner.faults.contains(mode) else { return nil }
    // So that the fault meets the message and not a login.
    let other = first.about(bench.number())
    bench.prepare(other)
    guard lodged(other), delivered(other, 1) else { return false }
    let example = first.about(bench.number())
    bench.prepare(example)
    bench.partner.play(FaultSetting(mode, requests: 1))
    guard lodged(example), delivered(example, 1) else { return false }
    guard bench.partner.hasPlayed(mode) else { return fail("\(mode.rawValue) was not played") }
    let count = bench.taken(about: example).count
    let most = isCounted && (remembers(example) || bench.partner.knowsRepetition) ? 1 : 2
    return (1...most).contains(count) || fail("\(example.name), \(mode.rawValue): the partner took it \(count) times")
  }

  private func retry() throws -> Bool? {
    guard let first = outgoing.first else { return nil }
    for mode in [FaultMode.error500, .busy, .cut] where bench.partner.faults.contains(mode) {
      guard try withFault(mode) == true else { return false }
    }
    bench.partner.play(FaultSetting(.error500, requests: 3))
    let example = first.about(bench.number())
    bench.prepare(example)
    return lodged(example) && delivered(example, 1)
  }

  private func refusal() throws -> Bool? {
    guard let first = outgoing.first, bench.partner.faults.contains(.refuse) else { return nil }
    let (refused, next) = (first.about(bench.number()), first.about(bench.number()))
    for example in [refused, next] { bench.prepare(example) }
    guard lodged(next), delivered(next, 1) else { return false }
    let isRefusing = bench.partner.refuse(lodging: { lodged(refused) }, name: { bench.name(of: refused) })
    guard isRefusing, bench.reaches(refused, ["refused"]) else {
      return fail("\(refused.name): \(bench.states(of: refused)), not refused")
    }
    let after = first.about(bench.number())
    bench.prepare(after)
    return lodged(after) && delivered(after, 1)
  }

  private func down() throws -> Bool? {
    guard let first = outgoing.first else { return nil }
    let example = first.about(bench.number())
    bench.prepare(example)
    bench.partner.play(FaultSetting(.down))
    // Over a connection that was open when the partner went, a request may have left before anybody knew: that is not known then.
    let waits = lodged(example) && (bench.reaches(example, ["deferred"]) || bench.states(of: example) == ["unknown"])
    let seen = bench.states(of: example)
    // Whatever came of it: the next case needs the partner.
    bench.partner.play(FaultSetting(.ok))
    guard waits else { return fail("\(example.name): \(seen) while the partner is not there") }
    return delivered(example, 1)
  }

  private func largeAttachment() throws -> Bool? {
    let place = /<content>[A-Za-z0-9+\/=\s]+<\/content>/
    // 4 MiB in base64.
    let file = String(repeating: "xin+chao", count: 4 * 1_024 * 1_024 / 3 * 4 / 8)
    for first in outgoing {
      guard let old = first.document.firstMatch(of: place) else { continue }
      let example = first.about(bench.number())
        .replacing(String(old.output), with: "<content>\(file)</content>")
      bench.prepare(example)
      guard lodged(example), delivered(example, 1), let body = bench.taken(about: example).first else {
        return false
      }
      if body.contains(text: file) { return true }
      guard let address = bench.fileAddress(in: body) else { continue }
      return try bench.visitor.send(.get, address)?.body == Base64.decode(file)
        || fail("\(example.name): what the address gives is not the file")
    }
    return nil
  }

  private func unicode() throws -> Bool? {
    for first in outgoing {
      guard let word = vietnameseWord(of: first) else { continue }
      let decomposed = word.decomposedStringWithCanonicalMapping
      let example = first.about(bench.number()).replacing(word, with: decomposed)
      bench.prepare(example)
      guard lodged(example), delivered(example, 1), let body = bench.taken(about: example).first else {
        return false
      }
      guard body.contains(text: decomposed), !body.contains(text: word) else {
        return fail("\(example.name): a text was composed on the way")
      }
      let composed = first.about(bench.number())
      bench.prepare(composed)
      guard lodged(composed), delivered(composed, 1), let body = bench.taken(about: composed).first else {
        return false
      }
      return body.contains(text: word) || fail("\(example.name): a text was decomposed on the way")
    }
    return nil
  }

  private func resent() throws -> Bool? {
    guard let first = outgoing.first else { return nil }
    let example = first.about(bench.number())
    bench.prepare(example)
    guard lodged(example, key: "k-\(example.code)"), delivered(example, 1), lodged(example, key: "k-\(example.code)")
    else {
      return false
    }
    return bench.states(of: example) == ["delivered"] && bench.taken(about: example).count == 1
      || fail("\(example.name): it went out twice")
  }

  private func order() throws -> Bool? {
    guard let first = outgoing.first,
      // Where the partner takes a dossier once, the second would be told to be there.
      let next = outgoing.first(where: { $0.name != first.name && !remembers($0) })
    else { return nil }
    let number = bench.number()
    let earlier = first.about(number)
    let later = next.replacing(next.code, with: earlier.code)
    bench.prepare(earlier)
    // The earlier one makes it known.
    if !remembers(first) { bench.prepare(later) }
    bench.partner.play(FaultSetting(.error500, requests: 2))
    guard lodged(earlier), lodged(later), delivered(earlier, 2) else { return false }
    let bodies = bench.taken(about: earlier)
    guard bodies.count == 2 else { return fail("\(earlier.name): \(bodies.count) arrived") }
    let isFirst = try ArrivedDocument.holds(
      bodies[0], earlier.golden ?? earlier.document, isXML: earlier.isGoldenXML)
    let isSecond = try ArrivedDocument.holds(bodies[1], later.golden ?? later.document, isXML: later.isGoldenXML)
    return isFirst && isSecond || fail("\(later.name) overtook \(earlier.name)")
  }

  /// The first of two is held back on the way until the other has arrived.
  private func overtaken() throws -> Bool? {
    guard let first = outgoing.first, bench.partner.faults.contains(.overtaken) else { return nil }
    let (slow, fast) = (first.about(bench.number()), first.about(bench.number()))
    for example in [slow, fast] { bench.prepare(example) }
    bench.partner.play(FaultSetting(.overtaken, requests: 1))
    guard lodged(slow), Patience.until({ self.bench.partner.hasPlayed(.overtaken) }), lodged(slow.rewritten),
      lodged(fast)
    else {
      return fail("\(slow.name): it was not held back")
    }
    guard delivered(fast, 1), delivered(slow, 2) else { return false }
    let most = remembers(first) ? 1 : 2
    let arrived = bench.taken(about: slow).count
    return (1...most).contains(arrived) || fail("\(slow.name): \(arrived) arrived")
  }

  /// How often a partner is called at most in the time that is looked at, by somebody who has the wrong secret.
  private static let patientCalls = 40

  private func wrongSecret() throws -> Bool? {
    guard let first = outgoing.first, !(bench.profile.delivery?.secretNames.isEmpty ?? true) else { return nil }
    let other = try ConformanceBench(bench.profile, catalogue: catalogue, hasWrongSecrets: true)
    let example = first.about(other.number())
    other.prepare(example)
    let answer = other.lodge(example)
    guard answer?.status == 202 else { return fail("\(example.name): lodged, \(Self.text(answer))") }
    let isTold = Patience.until { other.partner.strangers > 0 }
    guard isTold else { return fail("\(example.name): a wrong secret was let in") }
    // Long enough for many attempts of somebody who knows no pause: the shortest is 100 ms.
    let before = other.partner.calls
    _ = Patience.until(seconds: 1) { other.partner.calls - before > Self.patientCalls }
    guard other.partner.calls - before <= Self.patientCalls else {
      return fail("\(example.name): the partner is hammered")
    }
    let states = other.states(of: example)
    let isWaiting = states.count == 1 && !["refused", "dead", "delivered"].contains(states[0])
    return isWaiting || fail("\(example.name): with a wrong secret it is \(states)")
  }

  /// The largest body that is taken.
  private static let bodyLimit = 16 * 1_024 * 1_024

  private func sizeLimit() throws -> Bool? {
    if let first = outgoing.first {
      let (largest, over) = (first.about(bench.number()), first.about(bench.number()))
      for example in [largest, over] { bench.prepare(example) }
      guard lodged(largest.padded(to: Self.bodyLimit, isXML: true)) else { return false }
      let hasEnded = Patience.until(seconds: bench.partner.patience) {
        ["delivered", "refused"].contains(self.bench.states(of: largest).first)
      }
      // What is its own translation goes out as large, and a partner may have no room for it in its envelope: base64 in XML.
      let hasNoRoom = first.golden == nil && bench.states(of: largest) == ["refused"]
      guard hasEnded, hasNoRoom || delivered(largest, 1) else { return false }
      let answer = bench.lodge(over.padded(to: Self.bodyLimit + 1, isXML: true))
      return answer?.status == 413 && bench.states(of: over).isEmpty
        || fail("\(over.name): over the limit, \(Self.text(answer))")
    }
    // What is its own translation would lie in the inbox as large as it came.
    guard let first = incoming.first, first.golden != nil else { return nil }
    let (largest, over) = (first.about(bench.number()), first.about(bench.number()))
    // What proves a callback goes into the body and makes it a little longer.
    let isXML = first.type.format == .xml
    guard reported(largest, largest.padded(to: Self.bodyLimit - 100, isXML: isXML).document),
      bench.emptyInbox().count == 1
    else {
      return fail("\(largest.name): at the limit")
    }
    let answer = bench.report(over, over.padded(to: Self.bodyLimit + 1, isXML: isXML).document)
    return answer?.status == 413 && bench.emptyInbox().isEmpty
      || fail("\(over.name): over the limit, \(Self.text(answer))")
  }

  // MARK: In

  private func inbound() throws -> Bool? {
    guard !incoming.isEmpty else { return nil }
    return try all(incoming) { example in
      let example = example.about(bench.number())
      guard reported(example) else { return false }
      let documents = bench.emptyInbox()
      guard documents.count == 1 else { return fail("\(example.name): \(documents.count) in the inbox") }
      let golden = example.golden ?? example.document
      return try ArrivedDocument.holds(Array(documents[0].utf8), golden, isXML: true)
        || fail("\(example.name): what was read is not the golden document")
    }
  }

  private func inboundRepeated() throws -> Bool? {
    guard let first = incoming.first else { return nil }
    let example = first.about(bench.number())
    guard reported(example), reported(example, again: true) else { return false }
    let count = bench.emptyInbox().count
    return count == 1 || fail("\(example.name): \(count) in the inbox")
  }

  private func inboundGarbage() throws -> Bool? {
    guard let first = incoming.first else { return nil }
    let example = first.about(bench.number())
    let half = String(example.document.prefix(example.document.count / 2))
    let answer = bench.report(example, half)
    guard !isYes(answer, to: example), let text = answer.map({ String(decoding: $0.body, as: UTF8.self) }),
      !text.isEmpty
    else {
      return fail("\(example.name): half of it is answered \(Self.text(answer))")
    }
    // Our own API says where; a partner's words have room for a sentence.
    if bench.callbacks(for: example) == nil, bench.visitor.json(answer)?["errors"]?[0]?["line"]?.integer == nil {
      return fail("\(example.name): half of it is refused without its place: \(text)")
    }
    return bench.emptyInbox().isEmpty || fail("\(example.name): half of it was kept")
  }

  private func inboundForged() throws -> Bool? {
    guard !incoming.isEmpty else { return nil }
    // One of each kind: some may come by callbacks and others not.
    let firsts = Dictionary(grouping: incoming, by: \.type.name).values.compactMap(\.first)
    return try all(firsts) { first in
      let answer = bench.forge(first.about(bench.number()))
      guard !isYes(answer, to: first), answer != nil else {
        return fail("\(first.name): forged, \(Self.text(answer))")
      }
      return bench.emptyInbox().isEmpty || fail("\(first.name): a forged one was kept")
    }
  }

  // MARK: Parts

  private func all(_ examples: [ConformanceExample], _ holds: (ConformanceExample) throws -> Bool) throws -> Bool {
    var isGood = true
    for example in examples where try !holds(example) { isGood = false }
    return isGood
  }

  /// Whether an answer tells the partner that its message was taken.
  ///
  /// - Parameter isAgain: whether it had come before, for which some have a word of their own.
  private func isYes(_ answer: HTTPResponse?, to example: ConformanceExample, again isAgain: Bool = false) -> Bool {
    guard let callbacks = bench.callbacks(for: example) else { return answer?.status == 202 }
    return answer?.status == 200 && answer?.body == callbacks.accepted.response().body
      || isAgain && answer?.body == callbacks.alreadyThere?.response().body
  }

  private func lodged(_ example: ConformanceExample, key: String? = nil) -> Bool {
    let answer = bench.lodge(example, key: key)
    return answer?.status == 202 || fail("\(example.name): lodged, \(Self.text(answer))")
  }

  private func reported(_ example: ConformanceExample, _ document: String? = nil, again isAgain: Bool = false) -> Bool {
    let answer = bench.report(example, document)
    return isYes(answer, to: example, again: isAgain) || fail("\(example.name): reported, \(Self.text(answer))")
  }

  private func delivered(_ example: ConformanceExample, _ count: Int) -> Bool {
    bench.reaches(example, Array(repeating: "delivered", count: count))
      || fail("\(example.name): \(bench.states(of: example)), not \(count) delivered; \(bench.partner.lastRefusal)")
  }

  /// Whether the partner takes a dossier once in this operation.
  private func remembers(_ example: ConformanceExample) -> Bool { bench.operation(of: example)?.takes == .new }

  /// A word of the golden document that stands in the lodged one as well, and has letters with marks.
  private func vietnameseWord(of example: ConformanceExample) -> String? {
    let golden = example.golden ?? example.document
    return golden.split { !$0.isLetter }.map(String.init).first { word in
      word.utf8.count > word.count && word.decomposedStringWithCanonicalMapping.utf8.count > word.utf8.count
        && example.document.contains(">\(word) ")
    }
  }

  func fail(_ sentence: String) -> Bool {
    failures.append("\(bench.profile.name): \(sentence)")
    return false
  }

  static func text(_ answer: HTTPResponse?) -> String {
    answer.map { "HTTP \($0.status) \(String(decoding: $0.body.prefix(600), as: UTF8.self))" } ?? "no answer"
  }
}
