import DocumentKit
import ServiceKit
import Simulation
import Testing

@Suite("How the simulator's command line is read")
struct CommandLineTests {
  private func parse(_ line: String) throws -> SimulatorCommand {
    try SimulatorCommand(parsing: line.split(separator: " ").map(String.init))
  }

  @Test("A portal with everything said")
  func portal() throws {
    let line = """
      portal --listen 127.0.0.1:0 --username-file u --password-file p --dstcode VN:DEMO --madonvi H99 --madonvi H56 \
      --session-life 30m --error-code doubleText --newer-fields --fault-rate 0.1 --seed 42
      """
    guard case .portal(let server, let portal) = try parse(line) else {
      Issue.record("no portal")
      return
    }
    #expect(server.port == 0 && server.faultRate == 0.1 && server.seed == 42)
    #expect(portal.agencies == ["H99", "H56"])
    #expect(portal.sessionLife == .seconds(1_800))
    #expect(portal.codeStyle == .always(.doubleText))
    #expect(portal.asksForNewerFields)
  }

  @Test("An agency and a story")
  func others() throws {
    guard case .agency(let server, let agency) = try parse("agency --gateway http://127.0.0.1:8440 --api-key-file k")
    else {
      Issue.record("no agency")
      return
    }
    #expect(server.port == 18_442)
    #expect(agency.gateway == "http://127.0.0.1:8440")
    guard case .story(let story) = try parse("story --site x") else {
      Issue.record("no story")
      return
    }
    #expect(story.site == "x")
  }

  @Test("Which faults chance brings can be named")
  func faults() throws {
    guard case .portal(let named, _) = try parse("portal --fault-rate 0.2 --faults silent,expired,down"),
      case .portal(let usual, _) = try parse("portal")
    else {
      Issue.record("no portal")
      return
    }
    #expect(named.faults == [.silent, .expired, .down])
    #expect(usual.faults == FaultMode.byChance)
  }

  @Test("The simulator of a partner can be called by the name of its profile")
  func partners() throws {
    func parse(_ line: String) throws -> SimulatorCommand {
      try SimulatorCommand(parsing: line.split(separator: " ").map(String.init), isService: { $0 == "vbdlis" })
    }
    guard case .portal = try parse("dvcqg-a --madonvi H99"), case .agency = try parse("oc-lgsp"),
      case .exchange(let server, let exchange) = try parse("edxml-vxp --system T99.A --secret-file x --seed 3"),
      case .service(_, let service) = try parse("vbdlis --schemas S")
    else {
      Issue.record("another simulator than that of the partner")
      return
    }
    #expect(exchange.system == "T99.A" && exchange.secretFile == "x" && server.port == 18_443 && server.seed == 3)
    #expect(service.file == "Deploy/simulators/vbdlis.yaml" && service.schemas == "S")
    #expect(throws: UsageError.self) { try parse("vbdliss") }
  }

  @Test("Every command has its help, which names every option it takes")
  func help() throws {
    for command in ["portal", "agency", "exchange", "service", "vxp", "story"] {
      guard case .help(let text) = try parse("\(command) --help") else {
        Issue.record("no help of \(command)")
        continue
      }
      #expect(text.contains("lienthong-simulator \(command)"))
    }
    guard case .help(let text) = try parse("--help") else {
      Issue.record("no help")
      return
    }
    #expect(text.contains("Exit codes"))
  }

  @Test(
    "What is not understood is said with the option's name",
    arguments: [
      ("", "command"), ("gateway", "gateway"), ("portal --listn 127.0.0.1:0", "--listn"), ("portal x", "‘x’"),
      ("portal --listen 0.0.0.0:1", "--listen"), ("portal --listen 127.0.0.1:65536", "--listen"),
      ("portal --faults ok", "--faults"), ("portal --faults silent,x", "--faults"), ("portal --faults ,", "--faults"),
      ("exchange x", "‘x’"), ("portal --fault-rate 1.1", "--fault-rate"), ("portal --seed x", "--seed"),
      ("portal --seed", "--seed"),
      ("portal --error-code 0", "--error-code"), ("portal --session-life 30", "--session-life"),
      (#"portal --mode {"mode":"x"}"#, "--mode"), ("agency --gateway http://127.0.0.1:1", "--gateway"),
      ("agency --gateway 127.0.0.1:1 --api-key-file k", "--gateway"), ("agency --client-id a", "--client-secret-file"),
      ("story --listen 127.0.0.1:0", "--listen"),
    ])
  func notUnderstood(line: String, name: String) throws {
    let error = try #require(throws: UsageError.self) { try parse(line) }
    #expect(error.message.contains(name), "\(error.message)")
  }

  @Test("An agency's plan is read from YAML, and a wrong one is refused with its place")
  func plan() throws {
    let text = "- { after: 500ms, handler: A, comment: B, status: 9, result: kq.pdf }"
    let plan = try AgencyPlan(reading: YAMLDocument(parsing: text, file: "plan.yaml").root)
    #expect(
      plan.steps == [
        .init(after: .milliseconds(500), handler: "A", position: "", comment: "B", status: 9, result: "kq.pdf")
      ])
    for wrong in ["- { after: 5, handler: A, comment: B, status: 9 }", "- { handler: A }", "- { aftr: 1s }", "a: b"] {
      #expect(throws: YAMLError.self, "\(wrong)") {
        try AgencyPlan(reading: YAMLDocument(parsing: wrong, file: "plan.yaml").root)
      }
    }
  }
}
