import CryptographyKit
import DocumentKit
import HTTPKit
import JSONKit
import ServiceKit
import XMLKit

// What is handed out to those who ask.
extension ServiceSimulator {
  func give(_ request: HTTPRequest, _ operation: ServiceOperation) -> HTTPResponse {
    guard let gives = operation.gives else { preconditionFailure("the operation gives") }
    guard operation.headers.allSatisfy({ request.headers[$0.key] == PlacedText.fill($0.value, secrets) }) else {
      journal.note(.callerRefused)
      return description.doorRefused.response(secrets)
    }
    let body = ServiceContent(request.body, operation.form, contentType: request.headers["Content-Type"] ?? "")
    if operation.schema != nil {
      guard let body, complaint(about: body, against: operation.schema) == nil else {
        journal.keep(operation.name, body: request.body, outcome: .refused)
        return given("invalid", operation, code: "", complaint: "Dữ liệu không đúng cú pháp")
      }
    }
    journal.keep(operation.name, body: request.body, outcome: .accepted)
    func said(_ word: ServiceGives.Word?) -> String? {
      switch word {
      case .query(let name)?: request.query[name]
      case .path(let name)?: operation.open(request.path)?[name]
      case .at(let place)?: body?.text(place)
      case nil: nil
      }
    }
    let all = items(in: gives.box).filter { Self.fulfils(gives.condition, $0.document) }
    if let one = said(gives.one) {
      guard let item = all.first(where: { $0.id == one }) else { return given("unknown", operation, code: one) }
      if gives.removes { remove(item.id, from: gives.box) }
      return answer("given", operation, listing: [item], gives)
    }
    var found = all
    if let cursor = said(gives.after) {
      found = found.filter { $0.isBehind(cursor) }.sorted { $1.isBehind($0.id) }
    }
    if let from = said(gives.from) { found = found.filter { Self.text($0.at, like: from) >= Self.plain(from) } }
    if let until = said(gives.until) { found = found.filter { Self.text($0.at, like: until) <= Self.plain(until) } }
    if case .at(let place)? = gives.dossiers {
      let codes = body?.root.flatMap { try? place.nodes(at: $0) }?.map(\.text) ?? []
      found = found.filter { codes.contains($0.dossier) }
    } else if let codes = said(gives.dossiers) {
      found = found.filter { codes.split(separator: ",").contains(Substring($0.dossier)) }
    }
    if let size = said(gives.size).flatMap({ Int($0) }) {
      let page = said(gives.page).flatMap { Int($0) } ?? 1
      found = Array(found.dropFirst((page - 1) * size).prefix(size))
    }
    return answer(
      found.isEmpty && operation.answers["none"] != nil ? "none" : "listed", operation, listing: found, gives)
  }

  /// What is no document of the partner's counts as an empty one.
  private static func fulfils(_ condition: XPathExpression?, _ document: [UInt8]) -> Bool {
    guard let condition else { return true }
    let content =
      ServiceContent(document, .json, contentType: "") ?? ServiceContent(document, .xml, contentType: "")
      ?? ServiceContent(Array("<empty/>".utf8), .xml, contentType: "")
    return content?.root.map { (try? condition.boolean(at: $0)) == true } ?? false
  }

  private func answer(
    _ name: String, _ operation: ServiceOperation, listing items: [ServiceBox.Item], _ gives: ServiceGives
  ) -> HTTPResponse {
    guard let answer = operation.answers[name] else { return .notFound }
    let entries = items.map { item in
      guard let entry = gives.entry else { return item.document }
      return entry.response(Self.places(item), values: Self.values(item)).body
    }
    var values = ["items": Array("[".utf8) + entries.joined(separator: [UInt8(ascii: ",")]) + Array("]".utf8)]
    if let only = items.first { values.merge(Self.values(only)) { own, _ in own } }
    var places = items.last.map { Self.places($0) } ?? [:]
    values["count"] = Array(String(items.count).utf8)
    places["more"] = items.isEmpty ? "false" : "true"
    return answer.response(places, values: values)
  }

  private static func places(_ item: ServiceBox.Item) -> [String: String] {
    ["number": String(item.number), "id": item.id, "dossier": item.dossier]
  }

  private static func values(_ item: ServiceBox.Item) -> [String: [UInt8]] {
    var text = JSONWriter()
    text.string(String(decoding: item.document, as: UTF8.self))
    return [
      "document.text": text.finish(), "document": item.document,
      "document.base64": Array("\"\(Base64.encode(item.document))\"".utf8),
    ]
  }

  /// A moment as far as the text tells it.
  private static func text(_ moment: Timestamp, like text: String) -> String {
    String(moment.rfc3339(offset: .vietnam, fraction: .none).prefix(plain(text).count))
  }

  private static func plain(_ text: String) -> String {
    text.replacing("/", with: "-").replacing(" ", with: "T")
  }
}
