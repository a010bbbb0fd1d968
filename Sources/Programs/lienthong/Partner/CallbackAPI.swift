import CryptographyKit
import DocumentKit
import DossierModel
import Gateway
import JSONKit
import Reception
import ServiceKit
import Workbench
import XMLKit

/// What partners call here by their own rules, as operations of an OpenAPI description.
struct CallbackAPI {
  /// One address, and what is called there.
  private struct Operation {
    var profile: String
    var path: String
    var summary: String
    var explanation: String
    /// nil for one that may be called as the v1 API is.
    var security: String?
    /// Writes the schema of the body; nil where JSON Schema has no word for it.
    var body: (format: DocumentTree.Format, schema: ((inout JSONWriter) -> Void)?)
    /// What is answered when.
    var answers: [(when: String, template: AnswerTemplate, isForLater: Bool)]
  }

  private var operations: [Operation] = []
  private var components: SchemaComponents
  /// Fields that bear keys, with the names of their schemes.
  private var keyFields: [(scheme: String, field: String)] = []

  /// - Parameter folder: the one of Schemas/.
  init(_ profiles: [SiteProfile], schemas folder: String) throws(CommandFailure) {
    components = SchemaComponents(folder: folder)
    for profile in profiles {
      guard let callbacks = profile.callbacks else { continue }
      let (security, proof) = admission(callbacks.key, of: profile.name)
      for (path, name) in callbacks.messages {
        guard let type = profile.messages.first(where: { $0.name == name }) else { continue }
        var schema: ((inout JSONWriter) -> Void)?
        if type.format == .json {
          try components.add(type.schema)
          schema = { Self.writeReference(SchemaComponents.place(of: type.schema), into: &$0) }
        }
        operations.append(
          Operation(
            profile: profile.name, path: path, summary: "\(profile.title): \(name)",
            explanation: "The body is a \(name) (Schemas/\(type.schema)), whatever its Content-Type says. \(proof) "
              + "The first answer comes after the commit; the same bytes again are the same message.",
            security: security, body: (type.format, schema),
            answers: [
              ("The message is on the disk.", callbacks.accepted, false),
              ("The message is wrong and not taken; {reason} says where.", callbacks.refused, false),
              ("Who calls is not known.", callbacks.unauthenticated, false),
              ("Nothing was stored; the same may be sent again.", callbacks.unavailable, true),
            ]))
      }
      for question in callbacks.questions { operations.append(Self.operation(question, of: profile)) }
    }
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
        for operation in operations { Self.write(operation, into: &writer) }
        writer.endObject()
      case "components": try writeComponents(beside: member.value, into: &writer)
      default: writer.value(member.value)
      }
    }
    writer.endObject()
    return writer.finish()
  }

  // MARK: What is called

  /// The scheme by which callers are let in, and a sentence about it.
  private mutating func admission(
    _ key: CallbackProfile.KeyPlace, of profile: String
  ) -> (security: String?, sentence: String) {
    switch key {
    case .standard: return (nil, "The caller is known as on the v1 API.")
    case .header(let name):
      if name.lowercased() != "x-api-key" { keyFields.append(("\(profile).key", name)) }
      return (
        name.lowercased() == "x-api-key" ? "apiKey" : "\(profile).key", "The caller's key stands in the field \(name)."
      )
    case .member(let name):
      return ("", "The caller's key stands in the member \(name) of the body, and is not stored.")
    case .checksum(let checksum):
      return (
        "", "The member \(checksum.member) of the body proves who made it (\(checksum.checksum.algorithm.rawValue))."
      )
    }
  }

  private static func operation(_ question: CallbackQuestion, of profile: SiteProfile) -> Operation {
    // A plain name is a member; any other expression is for the gateway to say.
    let member = question.dossier.source
    let isMember = member.utf8.allSatisfy { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || byte == UInt8(ascii: "_")
    }
    return Operation(
      profile: profile.name, path: question.path, summary: "\(profile.title): \(question.title)",
      explanation:
        "A question about a dossier, \(QuestionEndpoint.questionBytesLimit) bytes at most, answered from its messages "
        + "of the type \(question.message). The caller is known as on the v1 API, and the site has to allow it the question.",
      security: nil,
      body: (
        .json,
        { writer in
          writer.beginObject()
          writer.member("type", "object")
          if isMember {
            writer.member("required", [member])
            writer.name("properties")
            writer.beginObject()
            writer.name(member)
            writer.beginObject()
            writer.member("type", "string")
            writer.name("minLength")
            writer.integer(1)
            writer.name("maxLength")
            writer.integer(QuestionEndpoint.codeBytesLimit)
            writer.endObject()
            writer.endObject()
          }
          writer.endObject()
        }
      ),
      answers: [
        ("Yes.", question.found, false), ("No.", question.none, false),
        ("The question cannot be answered; {reason} says why.", question.refused, false),
        ("Who asks is not known.", question.unauthenticated, false),
        ("Nothing can be said just now; the same may be asked again.", question.unavailable, true),
      ])
  }

  // MARK: Writing

  private static func write(_ operation: Operation, into writer: inout JSONWriter) {
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
    writeReference("#/components/responses/Transport", into: &writer)
    writer.endObject()
    writer.endObject()
    writer.endObject()
  }

  private static func write(
    _ answers: [(when: String, template: AnswerTemplate, isForLater: Bool)], status: Int, into writer: inout JSONWriter
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
        writeReference("#/components/schemas/TransportProblem", into: &writer)
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
      if member.name == "schemas" { try components.write(into: &writer) }
      if member.name == "securitySchemes" {
        for (scheme, field) in keyFields {
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

  private static func writeReference(_ reference: String, into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("$ref", reference)
    writer.endObject()
  }
}
