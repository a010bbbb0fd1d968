package import DocumentKit
import HTTPKit
package import ServiceKit

extension CallbackProfile {
  /// Reads `callbacks` of a profile; nil where it has none. Nothing of it may be used before the section's reader has
  /// finished.
  ///
  /// - Parameter formats: of the profile's messages, by their names.
  package init?(reading root: ConfigurationSection, profile: String, formats: [String: DocumentTree.Format]) {
    guard root.node("callbacks") != nil else { return nil }
    let section = root.section("callbacks")
    let key = Self.key(section.section("key"))
    self.key = key
    let paths = section.requiredSection("paths")
    messages = paths.keys.map { path in
      let message = paths.string(path)
      if let fault = Self.fault(of: path) {
        paths.note(fault, key: path, remedy: "write segments of letters, digits, - . _ ~ with / between them")
      }
      switch formats[message] {
      case nil where !message.isEmpty:
        paths.note(
          "the profile has no message of this name", key: path,
          remedy: NearestName.of(message, among: Array(formats.keys)).map { "did you mean ‘\($0)’?" }
            ?? "known here: " + formats.keys.sorted().joined(separator: ", "))
      case .xml?:
        switch key {
        case .member, .checksum:
          paths.note("an XML message has no member for the key", key: path, remedy: "write key: { header: NAME }")
        case .standard, .header: break
        }
      default: break
      }
      return (path, "\(profile)/\(message)")
    }
    if section.isPresent, messages.isEmpty {
      section.note("nothing is called", key: "paths", remedy: "write PATH: message")
    }
    let answers = section.requiredSection("answers")
    accepted = AnswerTemplate(reading: answers.requiredSection("accepted"), status: 200)
    let alreadyThere = answers.section("alreadyThere")
    self.alreadyThere = alreadyThere.isPresent ? AnswerTemplate(reading: alreadyThere, status: 200) : nil
    refusals = CallbackRefusals(reading: answers)
    let taken = Set(messages.map(\.path))
    questions = section.namedSections("questions").map { path, question in
      if let fault = taken.contains(path) ? "a message comes at this path" : Self.fault(of: path) {
        question.note(fault, remedy: "write segments of letters, digits, - . _ ~, which are no path of a message")
      }
      return CallbackQuestion(reading: question, path: path, profile: profile, messages: Set(formats.keys))
    }
    let asked = taken.union(questions.map(\.path))
    lists = section.namedSections("lists").map { path, list in
      if let fault = asked.contains(path) ? "something else comes at this path" : Self.fault(of: path) {
        list.note(
          fault, remedy: "write segments of letters, digits, - . _ ~, which are no path of a message or a question")
      }
      if case .checksum = key {
        list.note("a request for a list has nothing to make a checksum of", remedy: "let the partner show a key")
      }
      return CallbackList(reading: list, path: path)
    }
  }

  private static func key(_ section: ConfigurationSection) -> KeyPlace {
    guard section.isPresent else { return .standard }
    let checksum = section.section("checksum")
    switch (section.optionalString("header"), section.optionalString("member"), checksum.isPresent) {
    case (let header?, nil, false): return .header(header)
    case (nil, let member?, false): return .member(member)
    case (nil, nil, true): return .checksum(CallbackChecksum(reading: checksum))
    default:
      section.note(
        "a key stands in one place", remedy: "write header: NAME, member: NAME or checksum: { member: NAME, … }")
      return .standard
    }
  }

  /// RFC 3986 §2.3, unreserved characters; nothing that a router or a proxy would read otherwise.
  private static func fault(of path: String) -> String? {
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = segments.allSatisfy { segment in
      !segment.isEmpty && segment != "." && segment != ".."
        && segment.utf8.allSatisfy(PercentEncoding.isUnreserved)
    }
    return isPlain ? nil : "this is no path below the profile's own"
  }
}
