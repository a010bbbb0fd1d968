import HTTPKit
import JSONKit
import ServiceKit
import Simulation
import Synchronization
import Testing

@Suite("The story that the demo tells")
struct StoryTests {
  private static let start = Timestamp(seconds: 1_795_140_000)  // 2026-11-20 10:20:00 +07:00

  @Test("The built-in plan reads, and every document in it is JSON with a code of its own day and unit")
  func plan() throws {
    let plan = try StoryPlan.builtIn()
    #expect(plan.scenes.count == 4)
    let documents = StoryDocuments(plan: plan, startedAt: Self.start)
    var codes: Set<String> = []
    for name in plan.documents.keys {
      let root = try JSONDocument(parsing: documents.json(name, now: Self.start)).root
      let code = try #require(root["MaHoSo"]?.string ?? root["data"]?["maHoSo"]?.string)
      #expect(code.hasPrefix(root["data"] == nil ? "H99.14-261120-" : "G22.99.02-261120-"), "\(code)")
      #expect(code == documents.code(of: name))
      codes.insert(code)
    }
    #expect(codes.count == plan.documents.count - 1, "one document is a later form of another")
    #expect(documents.code(of: "giay-phep") == documents.code(of: "giay-phep-xong"))
    let later = StoryDocuments(plan: plan, startedAt: Self.start + .seconds(1))
    #expect(later.code(of: "giay-phep") != documents.code(of: "giay-phep"))
  }

  @Test("What the story calls right the portal takes, and what it calls wrong the portal refuses")
  func documents() throws {
    let plan = try StoryPlan.builtIn()
    let documents = StoryDocuments(plan: plan, startedAt: Self.start)
    func json(_ name: String) throws -> String {
      String(decoding: try documents.json(name, now: Self.start), as: UTF8.self)
    }
    let caller = PortalCaller { $0.asksForNewerFields = true }
    for name in ["giay-phep", "ly-lich", "giay-phep-khac"] {
      #expect(try json(name).utf8.count > 5_000, "as large as real ones")
      #expect(try caller.synchronise(json(name)).code == #""0""#, "\(name)")
    }
    #expect(try caller.synchronise(json("giay-phep-xong"), isUpdating: "True").code == #""0""#)
    let wrong = try caller.synchronise(json("ho-so-sai")).message
    #expect(wrong.contains("NgayTiepNhan") && wrong.contains("KenhThucHien"))
  }

  @Test("A line says when, who, whom, what and how it stands, and is painted on a terminal only")
  func line() {
    let line = StoryLine(
      after: .milliseconds(3_214), from: "Một cửa", to: "Sở Xây dựng", what: "chuyển · delivered", state: "xong",
      mark: .done)
    let plain = line.text(TerminalStyle(isPainted: false))
    #expect(
      plain == "   3.214  Một cửa         → Sở Xây dựng     chuyển · delivered                                   ✓ xong"
    )
    let painted = line.text(TerminalStyle(isPainted: true))
    #expect(painted.contains("\u{1B}[32m✓ xong\u{1B}[0m"))
    var failed = line
    failed.mark = .failed
    #expect(failed.text(TerminalStyle(isPainted: false)).hasSuffix("✗ xong"))
  }

  /// A gateway of which only the generation-A door and an inbox are there; the inbox holds a step, then the result.
  private final class Door: HTTPHandler {
    private let code = Mutex("")
    private let inbox = Mutex(["oc-lgsp/document-traces", "oc-lgsp/sync-document"])

    func handle(_ request: HTTPRequest, reply: HTTPReply) {
      let text = String(decoding: request.body, as: UTF8.self)
      if let found = text.split(separator: "\"MaHoSo\": \"").dropFirst().first?.prefix(20) {
        code.withLock { $0 = String(found) }
      }
      if request.path.last == "receipt" {
        inbox.withLock { _ = $0.removeFirst() }
        return reply.send(HTTPResponse(status: 204))
      }
      let body: String
      if request.target == "/dvcqg/login" {
        body = #"{"error_code": "00", "message": "", "session": "s"}"#
      } else if request.path.last == "inbox" {
        let message = inbox.withLock { $0.first }.map {
          #"{"delivery": "7", "dossier": "\#(code.withLock { $0 })", "type": "\#($0)", "payload": ""}"#
        }
        body = #"{"messages": [\#(message ?? "")]}"#
      } else if text.contains("20260230083000") {
        body = #"{"error_code": -1, "message": "data[0].NgayTiepNhan sai | is wrong"}"#
      } else {
        body = #"{"error_code": 0, "message": "Thành công"}"#
      }
      reply.send(HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: Array(body.utf8)))
    }
  }

  /// Plays steps against that gateway; what was told, and why it ended.
  private func play(_ steps: [StoryStep]) throws -> (lines: [String], failure: StoryFailure?) {
    let server = try HTTPServer(configuration: HTTPServerConfiguration(threads: 1), handler: Door())
    try server.start()
    defer { server.stop() }
    var plan = try StoryPlan.builtIn()
    plan.scenes = [StoryScene(vietnamese: "Thử", english: "test", steps: steps)]
    let site = StorySite(
      gateway: "http://127.0.0.1:\(server.port)", password: "p", operatorKey: "k", simulators: [:])
    var lines: [String] = []
    let teller = try StoryTeller(plan: plan, site: site, style: TerminalStyle(isPainted: false)) { lines.append($0) }
    do throws(StoryFailure) {
      try teller.play()
      return (lines, nil)
    } catch {
      return (lines, error)
    }
  }

  private func step(_ action: StoryStep.Action, within: Duration = .seconds(5)) -> StoryStep {
    StoryStep(action: action, within: within, vietnamese: "bước", english: "step")
  }

  @Test("Steps that happen are told one line each, and the end says how to look")
  func told() throws {
    let (lines, failure) = try play([
      step(.login), step(.send(document: "giay-phep", isUpdate: false)),
      step(.pulled(document: "giay-phep")), step(.refused(document: "ho-so-sai", field: "NgayTiepNhan")),
    ])
    #expect(failure == nil)
    #expect(lines[1] == "1. Thử · test")
    #expect(lines[2].contains("Một cửa") && lines[2].contains("✓"))
    #expect(lines[3].contains("đã ghi"))
    #expect(lines[4].contains("✓ oc-lgsp/sync-document"))
    #expect(lines[5].hasSuffix("● error_code -1"))
    #expect(lines[6...7].map { $0.drop { $0 == " " } } == ["data[0].NgayTiepNhan sai", "is wrong"])
    #expect(lines.contains { $0.contains("lienthong dossier trace H99.14-") })
  }

  @Test("A step that does not happen in time ends the story with a sentence that names it")
  func late() throws {
    // The gateway knows nothing of dossiers: its answer is JSON without messages.
    let waiting = step(
      .delivered(document: "giay-phep", party: "so-xay-dung-demo", whileOpen: nil), within: .milliseconds(250))
    let (lines, failure) = try play([step(.login), waiting, step(.login)])
    #expect(failure?.message.contains("Trục liên thông → Sở Xây dựng, step: not seen within 0.250 s") == true)
    #expect(lines.last?.contains("✗") == true)
  }

  @Test("A refusal that does not come, or names another field, ends the story at once")
  func wrongRefusal() throws {
    for action in [
      StoryStep.Action.refused(document: "giay-phep", field: "NgayTiepNhan"),
      .refused(document: "ho-so-sai", field: "MaTTHC"), .problem(document: "ho-so-sai", field: "NgayTiepNhan"),
    ] {
      #expect(try play([step(.login), step(action)]).failure != nil, "\(action)")
    }
  }
}
