import DocumentKit
import JSONKit
import Reception
import ServiceKit
import Workbench

/// Operations of ``CallbackOperations`` written into an OpenAPI description.
struct CallbackAPI {
  private let operations: CallbackOperations

  init(_ operations: CallbackOperations) {
    self.operations = operations
  }

  /// The description `base` with these operations, their schemas and their keys.
  func description(beside base: JSONValue) throws(CommandFailure) -> [UInt8] {
    var writer = JSONWriter(indent: 2)
    writer.beginObject()
    for member in base.members {
      writer.name(member.name)
      switch member.name {
      case "paths":
        writer.beginObject()
        Self.copyMembers(of: member.value, into: &writer)
        for operation in operations.all { Self.write(operation, into: &writer) }
        writer.endObject()
      case "components": try writeComponents(beside: member.value, into: &writer)
      default: writer.value(member.value)
      }
    }
    writer.endObject()
    return writer.finish()
  }

  private static func write(_ operation: CallbackOperations.Operation, into writer: inout JSONWriter) {
    writer.name(PartnerDescription.address(of: operation.path, of: operation.profile))
    writer.beginObject()
    writer.name("post")
    writer.beginObject()
    writer.member("operationId", "\(operation.profile).\(operation.path.replacing("/", with: "."))")
    writer.member("tags", [operation.profile])
    writer.member("summary", operation.summary)
    writer.member("description", operation.explanation)
    if let security = operation.security {
      writer.name("security")
      writer.beginArray()
      if !security.isEmpty {
        writer.beginObject()
        writer.member(security, [String]())
        writer.endObject()
      }
      writer.endArray()
    }
    writer.name("requestBody")
    writer.beginObject()
    writer.name("required")
    writer.boolean(true)
    writer.name("content")
    writer.beginObject()
    writer.name(operation.body.format == .json ? "application/json" : "application/xml")
    writer.beginObject()
    if let schema = operation.body.schema {
      writer.name("schema")
      schema(&writer)
    }
    writer.endObject()
    writer.endObject()
    writer.endObject()
    writer.name("responses")
    writer.beginObject()
    for (status, answers) in Dictionary(grouping: operation.answers, by: \.template.status).sorted(by: {
      $0.key < $1.key
    }) {
      writer.name(String(status))
      write(answers, status: status, into: &writer)
    }
    writer.name("default")
    writer.reference("#/components/responses/Transport")
    writer.endObject()
    writer.endObject()
    writer.endObject()
  }

  private static func write(
    _ answers: [CallbackOperations.Answer], status: Int, into writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.member("description", answers.map(\.when).joined(separator: " Or: "))
    if answers.contains(where: \.isForLater) {
      writer.name("headers")
      writer.beginObject()
      writer.name("Retry-After")
      writer.beginObject()
      writer.member("description", "Seconds, where there is something to wait for.")
      writer.name("schema")
      writer.beginObject()
      writer.member("type", "integer")
      writer.endObject()
      writer.endObject()
      writer.endObject()
    }
    var schemas: [String: [JSONDocument]] = [:]
    for template in answers.map(\.template) {
      guard let type = template.contentType.map({ String($0.prefix { $0 != ";" }) }) else { continue }
      schemas[type, default: []] += example(of: template).map { [$0] } ?? []
    }
    // The HTTP server has its say before any operation.
    if status >= 400 || !schemas.isEmpty {
      writer.name("content")
      writer.beginObject()
      for (type, examples) in schemas.sorted(by: { $0.key < $1.key }) {
        writer.name(type)
        writer.beginObject()
        if !examples.isEmpty { writeChoice(of: examples, into: &writer) }
        writer.endObject()
      }
      if status >= 400 {
        writer.name("application/problem+json")
        writer.beginObject()
        writer.name("schema")
        writer.reference("#/components/schemas/TransportProblem")
        writer.endObject()
      }
      writer.endObject()
    }
    writer.endObject()
  }

  /// Stands for whatever a reason says.
  private static let reason = "{reason}"

  /// An answer as it is given, with `{reason}` where a reason stands; nil for one that is no JSON.
  private static func example(of template: AnswerTemplate) -> JSONDocument? {
    try? JSONDocument(parsing: template.body(["reason": reason]))
  }

  private static func writeChoice(of examples: [JSONDocument], into writer: inout JSONWriter) {
    writer.name("schema")
    writer.beginObject()
    writer.name("anyOf")
    writer.beginArray()
    for example in examples { writeSchema(of: example.root, into: &writer) }
    writer.endArray()
    writer.endObject()
  }

  /// The schema of everything that an answer can be.
  private static func writeSchema(of value: JSONValue, into writer: inout JSONWriter) {
    writer.beginObject()
    switch value.kind {
    case .object:
      writer.member("type", "object")
      writer.member("required", value.members.map(\.name))
      writer.name("additionalProperties")
      writer.boolean(false)
      writer.name("properties")
      writer.beginObject()
      for member in value.members {
        writer.name(member.name)
        writeSchema(of: member.value, into: &writer)
      }
      writer.endObject()
    case .array:
      writer.member("type", "array")
      writer.name("prefixItems")
      writer.beginArray()
      for element in value.elements { writeSchema(of: element, into: &writer) }
      writer.endArray()
    case .string where value.string?.contains(reason) == true: writer.member("type", "string")
    case .string where value.string == "{\(CallbackList.items)}": writer.member("type", "array")
    default:
      writer.name("const")
      writer.value(value)
    }
    writer.endObject()
  }

  private func writeComponents(beside base: JSONValue, into writer: inout JSONWriter) throws(CommandFailure) {
    writer.beginObject()
    for member in base.members {
      writer.name(member.name)
      writer.beginObject()
      Self.copyMembers(of: member.value, into: &writer)
      if member.name == "schemas" { try operations.components.write(into: &writer) }
      if member.name == "securitySchemes" {
        for (scheme, field) in operations.keyFields {
          writer.name(scheme)
          writer.beginObject()
          writer.member("type", "apiKey")
          writer.member("in", "header")
          writer.member("name", field)
          writer.endObject()
        }
      }
      writer.endObject()
    }
    writer.endObject()
  }

  private static func copyMembers(of value: JSONValue, into writer: inout JSONWriter) {
    for member in value.members {
      writer.name(member.name)
      writer.value(member.value)
    }
  }
}

extension JSONWriter {
  /// A `$ref`.
  mutating func reference(_ place: String) {
    beginObject()
    member("$ref", place)
    endObject()
  }
}
