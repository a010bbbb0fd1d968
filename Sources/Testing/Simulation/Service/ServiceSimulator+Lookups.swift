import CryptographyKit
import DocumentKit
import HTTPKit
import JSONKit

extension ServiceSimulator {
  /// Whether a request is this question, whatever it is about.
  func asks(_ request: HTTPRequest, _ lookup: ServiceLookup) -> Bool {
    guard lookup.path == request.path, lookup.method == request.method.rawValue else { return false }
    let isAsked = lookup.query.allSatisfy { request.query[$0.key] == PlacedText.fill($0.value, secrets) }
    // Several questions may share one address; the body then says which it is.
    guard isAsked, let schema = lookup.schema else { return isAsked }
    let others = description.lookups.filter { $0.path == lookup.path && $0.name != lookup.name }
    guard !others.isEmpty, let content = ServiceContent(request.body, .json, contentType: "") else { return true }
    return schemas.complaint(about: content, against: schema) == nil
  }

  func look(_ request: HTTPRequest, _ lookup: ServiceLookup) -> HTTPResponse {
    guard letsIn(request, .json), hasChecksum(request, lookup.checksum) else {
      journal.note(.callerRefused)
      return description.doorRefused.response(secrets)
    }
    func given(_ name: String, _ complaint: String = "") -> HTTPResponse {
      journal.note(.requestRefused, .service(lookup.name))
      return lookup.answers[name]?.response(["complaint": complaint]) ?? .notFound
    }
    let about: String
    switch lookup.key {
    case .query(let name): about = request.query[name] ?? ""
    case .body(let expression):
      guard let content = ServiceContent(request.body, .json, contentType: "") else {
        return given("invalid", "Dữ liệu không đúng cú pháp")
      }
      if let complaint = schemas.complaint(about: content, against: lookup.schema) {
        return given("invalid", complaint)
      }
      about = content.text(expression)
    }
    guard let record = lookup.records[about] else { return given("unknown") }
    journal.keep(lookup.name, body: request.body, outcome: .accepted)
    return HTTPResponse(status: 200, headers: ["Content-Type": lookup.contentType], body: record)
  }

  /// Whether a body bears the checksum that it must bear.
  func hasChecksum(_ request: HTTPRequest, _ checksum: ServiceChecksum?) -> Bool {
    guard let checksum else { return true }
    guard let body = ServiceContent(request.body, .json, contentType: "")?.json,
      let given = body[checksum.member]?.string
    else { return false }
    var places = secrets
    for member in body.members {
      places["fields.\(member.name)"] = member.value.string ?? member.value.numberText ?? ""
    }
    let parts = checksum.parts.map { PlacedText.fill($0, places) }
    return checksum.checksum.isValid(given, of: parts, key: PlacedText.fill(checksum.key, places))
  }
}
