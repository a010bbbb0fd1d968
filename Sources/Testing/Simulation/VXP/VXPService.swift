import CryptographyKit
import JSONKit
import Synchronization

/// A service object of the vendor's client 2.0.1, written from what was observed of it on the wire: what it sends, down to its
/// oddities, and what it makes of answers. One thread uses it.
///
/// It keeps every parameter of its earlier calls and signs and sends them again; its time is that of its making; it adds CR LF
/// behind a file; its hash has no zeros in front of small bytes; it repeats a call, byte for byte, when the connection ends
/// before an answer; it takes for an empty list what it cannot read.
package final class VXPService {
  /// What a program gives; texts go out as they are, numbers and booleans as written, a list as JSON.
  package typealias Parameter = (name: String, value: String)

  /// Ends a connection in the client's place, for tests.
  package enum Cut: Sendable {
    /// The request is on its way and the answer is not waited for.
    case beforeAnswer
  }

  private let port: UInt16
  private let path: String
  private let key: [UInt8]
  private let retry: Int
  private let patience: Duration
  private var parameters = JavaMap()
  private var connections: [VXPConnection] = []

  /// Every request as it went out, repetitions included.
  package private(set) var sent: [[UInt8]] = []
  /// The answer to the last call, before it was read.
  package private(set) var lastReply: VXPReply?
  /// Whether the last call that expected it got its `100 Continue`.
  package private(set) var gotInterimAnswer: Bool?
  /// What happens to the next connections, one each.
  package var cuts: [Cut] = []

  /// `timestamp` as the client writes it: `20112026T225345+0002`. `retry`: 2 to 5.
  package init(
    port: UInt16, path: String, system: String, secret: String, timestamp: String = "20112026T225345+0002",
    retry: Int = 3, patience: Duration = .seconds(30)
  ) {
    precondition((2...5).contains(retry), "the client takes 2 to 5")
    self.port = port
    self.path = path
    key = Array(secret.utf8)
    self.retry = retry
    self.patience = patience
    parameters["systemid"] = system
    parameters["timestamp"] = timestamp
  }

  // MARK: Calls

  /// `to`: receivers, as a program gives them; nil leaves the parameter out, or as it was.
  package func sendEdoc(
    _ file: [UInt8], from: String, to: [String]? = nil, messageType: String = "edoc"
  ) -> VXPResult? {
    var given: [Parameter] = [("from", from), ("servicetype", "eDoc"), ("messagetype", messageType)]
    if let to { given.append(("to", "[" + to.map { "\"\($0)\"" }.joined(separator: ",") + "]")) }
    given.append(("hash-file", SHA256.hash(file).map { String($0, radix: 16) }.joined()))
    let reply = perform(
      "POST", "sendEdoc", given, body: file + Array("\r\n".utf8), contentType: "application/octet-stream")
    return VXPResult.sendEdoc(reply)
  }

  package func getReceivedEdocList(_ messageType: String = "edoc", _ more: [Parameter] = []) -> VXPResult? {
    let reply = perform("POST", "getReceivedEdocList", [("servicetype", "eDoc"), ("messagetype", messageType)] + more)
    return VXPResult.list(reply, garbageIsEmpty: true)
  }

  package func getSentEdocList(_ messageType: String = "edoc", _ more: [Parameter] = []) -> VXPResult? {
    let reply = perform("POST", "getSentEdocList", [("servicetype", "eDoc"), ("messagetype", messageType)] + more)
    return VXPResult.list(reply, garbageIsEmpty: false)
  }

  package func getEdoc(_ docID: String, filePath: String = "/home/thu/van-ban") -> VXPResult? {
    VXPResult.getEdoc(perform("POST", "getEdoc", [("docId", docID), ("filePath", filePath)], body: Array("{}".utf8)))
  }

  package func downloadEdoc(_ docID: String, filePath: String = "/home/thu/van-ban") -> VXPResult {
    VXPResult.download(perform("GET", "downloadEdoc", [("docId", docID), ("filePath", filePath)]))
  }

  package func count(status: Bool) -> VXPResult? {
    VXPResult.count(perform("POST", status ? "countReceiveStatus" : "countReceiveEdoc", [], body: Array("{}".utf8)))
  }

  /// `spelling`: both occur.
  package func updateStatus(_ docID: String, _ status: String, spelling: String = "docid") -> VXPResult? {
    VXPResult.plain(perform("POST", "updateStatus", [(spelling, docID), ("status", status)], body: Array("{}".utf8)))
  }

  /// `getAgenciesList`, `getSynchronizeUnit` or `getAgenciesListQD20`, with its `level`.
  package func agencies(_ operation: String, level: String? = nil) -> VXPResult? {
    VXPResult.list(perform("POST", operation, level.map { [("level", $0)] } ?? []), garbageIsEmpty: false)
  }

  package func registerAgency(_ json: String) -> VXPResult? {
    VXPResult.plain(perform("POST", "registerAgency", [], body: Array(json.utf8)))
  }

  package func deleteAgency(_ code: String) -> VXPResult? {
    VXPResult.plain(perform("POST", "deleteAgency", [("AgencyCode", code)], body: Array("{}".utf8)))
  }

  // MARK: The wire

  /// One call with what is left over from the ones before; nil when there was no whole answer.
  package func perform(
    _ method: String, _ operation: String, _ given: [Parameter], body: [UInt8]? = nil,
    contentType: String = "application/json"
  ) -> VXPReply? {
    for (name, value) in given { parameters[name] = value }
    parameters["Content-Type"] = contentType
    let isSending = operation == "sendEdoc"
    let expects = method == "POST" && body?.isEmpty == false && !isSending
    let head = self.head(method, operation, contentType, bodyBytes: body?.count, isSending, expects)
    lastReply = nil
    gotInterimAnswer = nil
    // Another client sends files, and repeats once.
    for _ in 0..<(isSending ? 2 : retry) {
      sent.append(head + (body ?? []))
      guard let connection = VXPConnection(port: port, patience: patience) else { return nil }
      connections.append(connection)
      switch exchange(head, body ?? [], expects, over: connection) {
      case .reply(let reply):
        lastReply = reply
        return reply
      case .broken: return nil
      case .cut: connections.removeLast()
      }
    }
    return nil
  }

  private func exchange(
    _ head: [UInt8], _ body: [UInt8], _ expects: Bool, over connection: VXPConnection
  ) -> VXPReply.Reading {
    let cut = cuts.isEmpty ? nil : cuts.removeFirst()
    guard connection.send(head) else { return .cut }
    if expects {
      // Without the interim answer the client waits 3 s and sends all the same.
      connection.setPatience(.seconds(3))
      let interim = connection.read(until: Array("\r\n\r\n".utf8))
      gotInterimAnswer = interim.map { $0.starts(with: "HTTP/1.1 100 ".utf8) } ?? false
      connection.setPatience(patience)
    }
    guard connection.send(body) else { return .cut }
    return cut == .beforeAnswer ? .cut : VXPReply.read(from: connection)
  }

  private func head(
    _ method: String, _ operation: String, _ contentType: String, bodyBytes: Int?, _ isSending: Bool, _ expects: Bool
  ) -> [UInt8] {
    let signed = parameters.all
    let text =
      "{" + signed.map { "\"XroadVnpt-\($0.name)\":\"\(Self.escaped($0.value))\"" }.joined(separator: ",") + "}"
    let code = Hexadecimal.encode(HMACSHA256.code(of: Array(text.utf8), key: key))
    var fields: [Parameter] = []
    for (name, value) in signed {
      if name == "Content-Type" { fields.append(("Content-Type", contentType)) }
      add(("XroadVnpt-" + name, value), to: &fields, merging: isSending)
    }
    fields += [
      ("XroadVnpt-sign-header-key", signed.map(\.name).joined(separator: ";")), ("XroadVnpt-sign-header", text),
      ("XroadVnpt-hash-header", code), ("User-Agent", "JAVASDKAgent/1.0.0 XRoad/VPCP"),
      ("XroadVnpt-version", "3.0.201608"),
    ]
    if method == "POST" { fields.append(("Content-Length", String(bodyBytes ?? 0))) }
    fields.append(("Host", "127.0.0.1:\(port)"))
    fields.append(("Connection", "Keep-Alive"))
    if expects { fields.append(("Expect", "100-continue")) }
    if !isSending { fields.append(("Accept-Encoding", "gzip,deflate")) }
    var head = Array("\(method) \(path)/\(operation) HTTP/1.1\r\n".utf8)
    for (name, value) in fields {
      head += Array("\(name): ".utf8)
      // With a port in the address each character is cut to one byte, except where files are sent.
      head += isSending ? Array(value.utf8) : value.utf16.map { UInt8(truncatingIfNeeded: $0) }
      head += Array("\r\n".utf8)
    }
    return head + Array("\r\n".utf8)
  }

  /// Where files are sent, two spellings of a name become one field: the name of the first, the value of the last.
  private func add(_ field: Parameter, to fields: inout [Parameter], merging: Bool) {
    if merging, let place = fields.firstIndex(where: { $0.name.lowercased() == field.name.lowercased() }) {
      fields[place].value = field.value
    } else {
      fields.append(field)
    }
  }

  /// Only what JSON has to have escaped.
  private static func escaped(_ value: String) -> String {
    value.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case _ where scalar.value < 0x20: "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }.joined()
  }
}
