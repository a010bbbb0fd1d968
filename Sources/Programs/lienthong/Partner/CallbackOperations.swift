import CryptographyKit
import DocumentKit
import DossierModel
import Gateway
import JSONKit
import Reception
import ServiceKit
import Workbench
import XMLKit

/// What partners call here by their own rules: every callback and every question of the given profiles, with the schemas and keys
/// they need.
struct CallbackOperations {
  /// One address, and what is called there.
  struct Operation {
    var profile: String
    var path: String
    var summary: String
    var explanation: String
    /// nil for one that may be called as the v1 API is.
    var security: String?
    /// Writes the schema of the body; nil where JSON Schema has no word for it.
    var body: (format: DocumentTree.Format, schema: ((inout JSONWriter) -> Void)?)
    /// What is answered when.
    var answers: [Answer]
  }

  struct Answer {
    var when: String
    var template: AnswerTemplate
    /// Whether the same may be sent again later.
    var isForLater = false
  }

  private(set) var all: [Operation] = []
  private(set) var components: SchemaComponents
  /// Fields that bear keys, with the names of their schemes.
  private(set) var keyFields: [(scheme: String, field: String)] = []

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
          schema = { $0.reference(SchemaComponents.place(of: type.schema)) }
        }
        all.append(
          Operation(
            profile: profile.name, path: path, summary: "\(profile.title): \(name)",
            explanation: "The body is a \(name) (Schemas/\(type.schema)), whatever its Content-Type says. \(proof) "
              + "The first answer comes after the commit; the same bytes again are the same message.",
            security: security, body: (type.format, schema),
            answers: Self.answers(of: callbacks)))
      }
      for question in callbacks.questions { all.append(Self.operation(question, of: profile)) }
      for list in callbacks.lists { all.append(Self.operation(list, of: profile, callbacks, security, proof)) }
    }
  }

  private static func answers(of callbacks: CallbackProfile) -> [Answer] {
    var answers = [Answer(when: "The message is on the disk.", template: callbacks.accepted)]
    if let alreadyThere = callbacks.alreadyThere {
      answers.append(Answer(when: "The very same message had come before.", template: alreadyThere))
    }
    return answers + [
      Answer(when: "The message is wrong and not taken; {reason} says where.", template: callbacks.refusals.refused),
      Answer(when: "Who calls is not known.", template: callbacks.refusals.unauthenticated),
      Answer(
        when: "Nothing was stored; the same may be sent again.", template: callbacks.refusals.unavailable,
        isForLater: true),
    ]
  }

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
        { Self.write(objectWith: isMember ? member : nil, limits: (1, QuestionEndpoint.codeBytesLimit), to: &$0) }
      ),
      answers: [
        Answer(when: "Yes.", template: question.found), Answer(when: "No.", template: question.none),
        Answer(when: "The question cannot be answered; {reason} says why.", template: question.refusals.refused),
        Answer(when: "Who asks is not known.", template: question.refusals.unauthenticated),
        Answer(
          when: "Nothing can be said just now; the same may be asked again.", template: question.refusals.unavailable,
          isForLater: true),
      ])
  }

  private static func operation(
    _ list: CallbackList, of profile: SiteProfile, _ callbacks: CallbackProfile, _ security: String?, _ proof: String
  ) -> Operation {
    let key: String? = if case .member(let name) = callbacks.key { name } else { nil }
    return Operation(
      profile: profile.name, path: list.path, summary: "\(profile.title): \(list.title)",
      explanation:
        "A list that the site keeps for the caller. \(proof) The body has \(ListEndpoint.requestBytesLimit) bytes "
        + "at most; nothing else of it is looked at.",
      security: security,
      body: (.json, { Self.write(objectWith: key, to: &$0) }),
      answers: [
        Answer(when: "The list.", template: list.given),
        Answer(
          when: "The site keeps no such list for the caller, or the request cannot be read.",
          template: callbacks.refusals.refused),
        Answer(when: "Who calls is not known.", template: callbacks.refusals.unauthenticated),
      ])
  }

  /// The schema of an object that must have this text, of at least and at most so many characters; of any object where it is nil.
  private static func write(
    objectWith member: String?, limits: (least: Int, most: Int)? = nil, to writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.member("type", "object")
    if let member {
      writer.member("required", [member])
      writer.name("properties")
      writer.beginObject()
      writer.name(member)
      writer.beginObject()
      writer.member("type", "string")
      if let limits {
        writer.name("minLength")
        writer.integer(limits.least)
        writer.name("maxLength")
        writer.integer(limits.most)
      }
      writer.endObject()
      writer.endObject()
    }
    writer.endObject()
  }
}
