import DocumentKit
import DossierModel
import DossierStore
import GatewayTesting
import ServiceKit
import Testing
import Workbench
import XMLKit

@Suite("Replaying stored messages", .timeLimit(.minutes(2)))
struct ReplayTests {
  private let bench = TestBench()
  private let samples = SampleMessages()
  private let t0 = Timestamp(seconds: 1_800_000_000)

  /// Status 4 means something else in the second version, notes are dropped, and names are cut later.
  private static let otherRows =
    TestBench.rows.replacing("codes: { in: st }", with: "codes: { in: st2 }").replacing("cut: 4", with: "cut: 40")

  private func store(_ bodies: [String]) throws -> SQLDossierStore {
    let store = try SQLDossierStore(.sqlite(path: bench.folder.path + "/store.sqlite"), at: t0)
    for (index, body) in bodies.enumerated() {
      _ = try store.recordAndWait([
        samples.message(DossierCode("H\(index)"), body: body, to: ["x"], at: t0 + .seconds(index))
      ])
    }
    return store
  }

  private func request(_ filter: MessageFilter = MessageFilter()) throws -> ReplayRequest {
    bench.write(mapping: Self.otherRows, version: 2)
    bench.write(
      TestBench.statusTable.replacing("codes: st", with: "codes: st2").replacing("processing", with: "completed"),
      "Mappings/codes/st2.yaml")
    let workbench = try bench.open()
    let type = MessageType(
      name: "mau/thu", format: .json, kind: .dossier, recognise: "true()", schema: "a/1/a.json", toCanonical: "a--b")
    return ReplayRequest(
      before: try workbench.mapping("a--b/1"), after: try workbench.mapping("a--b/2"), types: [type],
      toCanonical: [type.name: try workbench.mapping("a--b/1")], filter: filter)
  }

  private static let bodies =
    (0..<5).map { _ in #"{"Ma":"1","TrangThai":"4"}"# } + [
      #"{"Ma":"1","TrangThai":"5"}"#, #"{"Ma":"1","Ten":"Nguyễn Văn A"}"#, #"{"Ma":"1","TrangThai":"6"}"#, "no json",
    ]

  @Test("differences are grouped and counted; codes are shown, texts of citizens are not")
  func patterns() throws {
    let store = try store(Self.bodies)
    defer { store.close() }
    let report = try Replay.run(try request(), over: store)
    #expect(
      report.patterns.map { "\($0.messages) \($0.text)" } == [
        #"5 ~ status: "processing" → "completed""#, "1 held st → held st2", "1 ~ name",
      ])
    #expect(report.compared == 8 && report.equal == 1 && report.passedOver == 1)
    let first = try store.timeline(of: "H0", visibleTo: nil)
    #expect(report.patterns[0].examples.first == first?.messages.first?.envelope.id)
    #expect(report.patterns[0].examples.count == Replay.examplesLimit)
  }

  @Test("texts are shown when they are asked for, ignored paths do not count, and a filter is kept to")
  func options() throws {
    let store = try store(Self.bodies)
    defer { store.close() }
    var shown = try request(MessageFilter(dossier: "H6"))
    shown.showsValues = true
    #expect(try Replay.run(shown, over: store).patterns.map(\.text) == [#"~ name: "Nguy" → "Nguyễn Văn A""#])
    shown.comparison.ignored = [PathPattern("name")]
    #expect(try Replay.run(shown, over: store).patterns.isEmpty)
    let early = try Replay.run(try request(MessageFilter(until: t0 + .seconds(2))), over: store)
    #expect(early.compared == 2 && early.patterns.map(\.messages) == [2])
  }

  @Test("messages are taken page by page and each of them once, and the store is left as it was")
  func pages() throws {
    let count = Replay.pageSize * 2 + 1
    let store = try store((0..<count).map { _ in #"{"Ma":"1","TrangThai":"4"}"# })
    defer { store.close() }
    let queue = try store.queue()
    let report = try Replay.run(try request(), over: store)
    #expect(report.compared == count && report.patterns.map(\.messages) == [count])
    #expect(try store.queue() == queue)
  }

  @Test("a message that went another route is passed over")
  func route() throws {
    let store = try store(Self.bodies)
    defer { store.close() }
    var request = try request()
    request.route = { _, _, canonical in canonical.root.firstElement(named: "name") != nil }
    let report = try Replay.run(request, over: store)
    #expect(report.compared == 1 && report.patterns.map(\.text) == ["~ name"])
  }
}
