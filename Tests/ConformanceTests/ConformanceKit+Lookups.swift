import Delivery
import DocumentKit
import GatewayTesting
import HTTPKit
import JSONKit
import Simulation
import Testing

extension ConformanceKit {
  func lookup() throws -> Bool? {
    guard !bench.lookups.isEmpty else { return nil }
    var isGood = true
    for (lookup, played) in bench.lookups {
      let answer = bench.look(lookup, played.example)
      guard answer?.status == 200, let body = answer?.body else {
        isGood = fail("\(lookup.name): \(Self.text(answer))")
        continue
      }
      let golden = try #require(Self.golden(of: played), "\(lookup.name) has a record with a golden document")
      if try !ArrivedDocument.holds(body, golden, isXML: true) {
        isGood = fail("\(lookup.name): \(String(decoding: body, as: UTF8.self))")
      }
    }
    return isGood
  }

  /// Another number than any that the partner knows.
  func lookupUnknown() throws -> Bool? {
    let asked = bench.lookups.compactMap { lookup, played in
      Self.other(than: played).map { (lookup, $0) }
    }
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
    guard let (lookup, played) = bench.lookups.first else { return nil }
    var isGood = true
    for mode in [FaultMode.garbage, .error500, .busy, .halfAnswer, .huge, .silent] {
      bench.server.set(FaultSetting(mode, requests: 1))
      let answer = bench.look(lookup, played.example)
      if answer?.status != 502 { isGood = fail("\(lookup.name), \(mode.rawValue): \(Self.text(answer))") }
      bench.server.set(FaultSetting(.ok))
    }
    // A GET on a connection that was open before is sent again by HTTP itself (RFC 9110 §9.2.2).
    bench.server.set(FaultSetting(.cut, requests: 1))
    let cut = bench.look(lookup, played.example)?.status
    if cut != 502 && cut != 200 { isGood = fail("\(lookup.name), cut: \(cut ?? 0)") }
    bench.server.set(FaultSetting(.ok))
    for mode in [FaultMode.wrongType, .expired, .repeated] {
      bench.server.set(FaultSetting(mode, requests: 1))
      let answer = bench.look(lookup, played.example)
      if answer?.status != 200 { isGood = fail("\(lookup.name), \(mode.rawValue): \(Self.text(answer))") }
    }
    return isGood
  }

  /// The golden document beside the record that the example asks for.
  private static func golden(of played: ServiceLookup) -> String? {
    played.recordFile.map { file in
      String(decoding: TestFiles.read(String(file.dropLast(".in.json".count)) + ".out.xml"), as: UTF8.self)
    }
  }

  /// The example's parameters with another number in the one that says what is asked for; nil where nothing does.
  private static func other(than played: ServiceLookup) -> [String: String]? {
    guard
      let name = played.example.filter({ _, text in played.records.keys.contains { $0.contains(text) } })
        .max(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) })?.key, let text = played.example[name],
      let last = text.last
    else { return nil }
    var parameters = played.example
    // Where one text stands in several parameters it is the same dossier's everywhere.
    for (key, value) in parameters where value == text {
      parameters[key] = text.dropLast() + (last == "7" ? "8" : "7")
    }
    return parameters
  }
}
