import HTTPKit
import JSONKit
import ServiceKit
import Simulation
import Testing

/// Calls a portal in process, without a network.
struct PortalCaller {
  let time = ManualTimeSource()
  let portal: PortalSimulator

  init(_ configure: (inout PortalConfiguration) -> Void = { _ in }) {
    var configuration = PortalConfiguration()
    configuration.codeStyle = .always(.text)
    configure(&configuration)
    portal = PortalSimulator(configuration: configuration, time: time)
  }

  func post(_ path: String, _ body: String, contentType: String = "application/json", dstcode: String? = nil)
    -> HTTPResponse
  {
    var headers: HTTPHeaders = ["Content-Type": contentType]
    headers["dstcode"] = dstcode
    return portal.answer(
      HTTPRequest(
        method: .post, target: path, path: path.split(separator: "/").map(String.init), headers: headers,
        body: Array(body.utf8)))
  }

  func login(username: String = "demo", password: String = "demo") throws -> Reply {
    try Reply(post("/login", #"{"username": "\#(username)", "password": "\#(password)"}"#))
  }

  /// Calls a service in a new session; `parameters` begin with a comma where there are any.
  func call(_ service: String, _ parameters: String = "", path: String = "/service") throws -> Reply {
    let session = try #require(try login().session)
    return try call(service, parameters, session: session, path: path)
  }

  func call(_ service: String, _ parameters: String = "", session: String, path: String = "/service") throws
    -> Reply
  {
    try Reply(
      post(path, #"{"session": "\#(session)", "madonvi": "H99", "service": "\#(service)"\#(parameters)}"#))
  }

  func synchronise(_ dossiers: String..., isUpdating: String = "False") throws -> Reply {
    try call(
      "DongBoHoSoMC", #", "isUpdating": "\#(isUpdating)", "data": [\#(dossiers.joined(separator: ","))]"#)
  }

  func show(_ path: String) throws -> JSONValue {
    let request = HTTPRequest(method: .get, target: "", path: [])
    let response = try #require(portal.show(path.split(separator: "/").map(String.init), request))
    return try JSONDocument(parsing: response.body).root
  }

  var eventNames: [SimulatorEvent.Name] { portal.journal.events.map(\.name) }
}

/// An answer of the portal, read.
struct Reply {
  let root: JSONValue
  let status: Int

  init(_ response: HTTPResponse) throws {
    root = try JSONDocument(parsing: response.body).root
    status = response.status
  }

  /// The code as it stands in the JSON text: `0`, `"0"`, `"00"`.
  var code: String {
    guard let value = root["error_code"] else { return "absent" }
    return value.string.map { "\"\($0)\"" } ?? value.numberText ?? "of another kind"
  }
  var message: String { root["message"]?.string ?? "" }
  var session: String? { root["session"]?.string }
  var result: JSONValue? { root["result"] }
}
