import GatewayTesting
import HTTPKit
import JSONKit

/// The API as its document describes it: which answers there may be, and what they look like.
final class OpenAPIDescription {
  struct Operation: Hashable, CustomStringConvertible {
    var method: String
    var path: String
    var description: String { "\(method.uppercased()) \(path)" }
    /// The path with something in the place of each parameter.
    var somePath: String { path.split(separator: "/").reduce("") { $0 + "/" + ($1.hasPrefix("{") ? "x" : $1) } }
    var httpMethod: HTTPMethod { HTTPMethod(rawValue: method.uppercased()) }
  }

  private static let uri = "urn:lienthong:openapi"
  private let document: JSONDocument
  private let registry: JSONSchemaRegistry

  /// The description in the file that ships.
  convenience init() throws {
    try self.init(parsing: TestFiles.read(TestFiles.projectRoot + "/Schemas/lienthong-api/1/openapi.json"))
  }

  init(parsing bytes: [UInt8]) throws {
    document = try JSONDocument(parsing: bytes)
    var registry = JSONSchemaRegistry.standard
    registry.add(document, at: Self.uri)
    self.registry = registry
  }

  /// Every operation with the statuses it is documented to answer.
  var operations: [Operation: Set<Int>] {
    var operations: [Operation: Set<Int>] = [:]
    for path in document.root["paths"]?.members.map({ $0 }) ?? [] {
      for method in path.value.members {
        let statuses = method.value["responses"]?.members.compactMap { Int($0.name) } ?? []
        operations[Operation(method: method.name, path: path.name)] = Set(statuses)
      }
    }
    return operations
  }

  /// What is wrong with an answer, in sentences; empty when it is as documented. A status without a description of its own
  /// has to look as the operation's default response does.
  func complaints(about response: HTTPResponse, to operation: Operation) throws -> [String] {
    var pointer = ["paths", operation.path, operation.method, "responses", String(response.status)]
    if value(at: pointer) == nil { pointer[pointer.count - 1] = "default" }
    guard var described = value(at: pointer) else { return ["the status \(response.status) is not documented"] }
    if let reference = described["$ref"]?.string, reference.hasPrefix("#/") {
      pointer = reference.dropFirst(2).split(separator: "/").map(String.init)
      guard let target = value(at: pointer) else { return ["\(reference) leads nowhere"] }
      described = target
    }
    return try headerComplaints(response, described, pointer) + bodyComplaints(response, described, pointer)
  }

  /// What is wrong with the body of a request, in sentences; nil for a body that the description has no schema for.
  func complaints(aboutRequest json: [UInt8], to operation: Operation) throws -> [String]? {
    let pointer = [
      "paths", operation.path, operation.method, "requestBody", "content", "application/json", "schema",
    ]
    guard value(at: pointer) != nil else { return nil }
    return try findings(json, pointer)
  }

  private func headerComplaints(
    _ response: HTTPResponse, _ described: JSONValue, _ pointer: [String]
  ) throws -> [String] {
    var complaints: [String] = []
    for header in described["headers"]?.members.map({ $0 }) ?? [] {
      guard let value = response.headers[header.name] else {
        if header.value["required"]?.boolean == true { complaints.append("the header \(header.name) is missing") }
        continue
      }
      let isNumber = header.value["schema"]?["type"]?.string == "integer"
      var writer = JSONWriter()
      if isNumber, let number = Int(value) { writer.integer(number) } else { writer.string(value) }
      complaints += try findings(writer.finish(), pointer + ["headers", header.name, "schema"])
    }
    return complaints
  }

  private func bodyComplaints(
    _ response: HTTPResponse, _ described: JSONValue, _ pointer: [String]
  ) throws -> [String] {
    guard let content = described["content"] else {
      return response.body.isEmpty ? [] : ["there is a body and none is documented"]
    }
    let given = response.headers["Content-Type"].map { String($0.prefix { $0 != ";" }) } ?? "none"
    guard content[given] != nil else { return ["the content type \(given) is not documented"] }
    guard given.hasSuffix("json") else { return response.body.isEmpty ? ["the body is empty"] : [] }
    return try findings(response.body, pointer + ["content", given, "schema"])
  }

  private func findings(_ json: [UInt8], _ pointer: [String]) throws -> [String] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("$ref")
    writer.string(Self.uri + "#" + JSONPointer(tokens: pointer).description)
    writer.endObject()
    // Strict, so that a misspelt keyword of the description does not pass for a rule that holds.
    let schema = try JSONSchema(
      try JSONDocument(parsing: writer.finish()), registry: registry,
      options: JSONSchemaOptions(formats: [.dateTime], isStrict: true))
    return schema.validate(try JSONDocument(parsing: json).root).map { "\($0.instanceLocation): \($0.messageEnglish)" }
  }

  private func value(at pointer: [String]) -> JSONValue? {
    var value: JSONValue? = document.root
    for token in pointer { value = value?[token] }
    return value
  }
}
