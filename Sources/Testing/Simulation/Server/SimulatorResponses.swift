package import HTTPKit
package import JSONKit

extension HTTPResponse {
  /// An answer in JSON.
  package static func json(
    status: Int = 200, contentType: String = "application/json; charset=utf-8", indent: Int? = nil,
    _ write: (inout JSONWriter) -> Void
  ) -> HTTPResponse {
    var writer = JSONWriter(indent: indent)
    write(&writer)
    return HTTPResponse(status: status, headers: ["Content-Type": contentType], body: writer.finish())
  }

  /// A refusal of the simulator itself, not of the partner it plays.
  package static func problem(status: Int, code: String, title: String, detail: String) -> HTTPResponse {
    HTTPProblem(status: status, code: code, title: title, detail: detail).response
  }

  static let notFound = problem(
    status: 404, code: "not-found", title: "Not found", detail: "nothing answers at this path; see --help for the paths"
  )

  static func methodNotAllowed(_ allowed: String) -> HTTPResponse {
    var response = problem(
      status: 405, code: "method-not-allowed", title: "Method not allowed", detail: "this path answers \(allowed)")
    response.headers["Allow"] = allowed
    return response
  }
}
