import HTTPKit
import ServiceKit
import Simulation
import XMLKit

/// Calls an agency in process, without a network.
struct AgencyCaller {
  let time = ManualTimeSource()
  let agency: AgencySimulator

  init(_ configure: (inout AgencyConfiguration) -> Void = { _ in }) throws {
    var configuration = AgencyConfiguration()
    configuration.keys = ["khoa-thu"]
    configure(&configuration)
    agency = try AgencySimulator(configuration: configuration, time: time)
  }

  func post(
    _ operation: String, _ body: String, contentType: String = "application/xml", headers: HTTPHeaders? = nil
  ) -> HTTPResponse {
    var headers = headers ?? ["X-Api-Key": "khoa-thu"]
    headers["Content-Type"] = contentType
    return agency.answer(
      HTTPRequest(
        method: .post, target: "", path: ["consumerAdapter"] + operation.split(separator: "/").map(String.init),
        headers: headers, body: Array(body.utf8)))
  }

  func synchronise(_ body: String, key: String? = nil) throws -> (status: Int, message: String) {
    var headers: HTTPHeaders = ["X-Api-Key": "khoa-thu"]
    headers["Idempotency-Key"] = key
    return try Self.result(post("Document/SyncDocument", body, headers: headers))
  }

  func report(_ body: String) throws -> (status: Int, message: String) {
    try Self.result(post("Document/UpdateDocumentTraces", body))
  }

  static func result(_ response: HTTPResponse) throws -> (status: Int, message: String) {
    let document = try XMLDocument(parsing: response.body)
    let status = document.root?.firstElement(named: "Status")?.text ?? ""
    return (Int(status) ?? 0, document.root?.firstElement(named: "Message")?.text ?? "")
  }
}
