package import DocumentKit
import DossierModel
package import ServiceKit

extension PartnerProfile {
  /// Reads a profile file on its own; everything wrong with it is told at once.
  ///
  /// The `messages` are looked at only as far as the operations name them; who needs more reads the file with one
  /// reader for both parts (`init(reading:)`).
  package init(_ document: YAMLDocument) throws(ConfigurationErrors) {
    let reader = ConfigurationReader(document)
    if reader.root.node("delivery") == nil {
      reader.root.note("the profile says nothing about delivery", remedy: "add ‘delivery: …’")
    }
    let profile = PartnerProfile(reading: reader.root)
    try reader.finish()
    guard let profile else { preconditionFailure("a profile without delivery was noted") }
    self = profile
  }

  /// Reads the profile from the top of its file; nil when it has no `delivery` (a partner that only sends).
  ///
  /// Nothing of it may be used before the section's reader has finished.
  package init?(reading root: ConfigurationSection) {
    name = root.string("profile")
    _ = root.integer("version", in: 1...1_000_000)
    _ = root.optionalString("title")
    let messages = root.node("messages")?.mapping
    guard root.node("delivery") != nil else {
      if root.node("polls") != nil {
        root.note(
          "to be asked, the partner has to be reached", key: "polls", remedy: "add ‘delivery’ with authentication")
      }
      return nil
    }
    let delivery = root.section("delivery")
    let answersFormat = delivery.section("answers").choice("format", default: AnswerRules.Format.json)
    authentication = ProfileReading.authentication(delivery, answersFormat: answersFormat)
    ProfileReading.checkTransport(delivery, authentication)
    headers = ProfileReading.headers(delivery, allowing: .request)
    defaults = ProfileReading.texts(delivery, "values")
    let namespaces = ProfileReading.texts(delivery.section("answers"), "namespaces")
    let surroundings = ProfileReading.Surroundings(
      answersFormat: answersFormat, namespaces: namespaces, hasToken: authentication.isRenewable,
      isSigned: authentication.isSigned)
    polls = ProfileReading.polls(
      root, profile: name, messages: messages, surroundings, areFolders: authentication.isFolder)
    lookups = ProfileReading.lookups(delivery, surroundings)
    dictionaries = ProfileReading.dictionaries(delivery, profile: name, surroundings)
    let isOnlyAsked = !polls.isEmpty || !lookups.isEmpty || !dictionaries.isEmpty
    operations = ProfileReading.operations(
      delivery, profile: name, messages: messages, surroundings, isNeeded: !isOnlyAsked)
    upload = ProfileReading.upload(delivery, answersFormat: answersFormat, namespaces: namespaces)
    let variants = Set(operations.flatMap { $0.variants.map(\.name) }).subtracting([""])
    answers = ProfileReading.answers(
      operations.isEmpty && isOnlyAsked ? delivery.section("answers") : delivery.requiredSection("answers"),
      surroundings, variants: variants)
    if authentication.isFolder, !dictionaries.isEmpty {
      delivery.note("a folder is not asked", key: "dictionaries", remedy: "remove it")
    }
    if !authentication.isRenewable, placesSession {
      delivery.note(
        "a template places {session} and the partner has no login", key: "authentication",
        remedy: "say how to log in (session or clientCredentials), or remove {session}")
    }
    if case .session = authentication, !placesSession {
      delivery.note(
        "the token of the login is placed nowhere", key: "authentication",
        remedy: "write {session} where the partner wants it: in a field of headers, or in a body")
    }
    if authentication.isSigned,
      upload != nil || !lookups.isEmpty || operations.contains(where: { $0.question != nil })
    {
      delivery.note(
        "questions and files are not signed on this wire", key: "authentication",
        remedy: "remove ‘ask’, ‘lookups’ and ‘upload’: a document that is sent again is the same document there")
    }
    for name in defaults.keys.sorted() where !valueNames.contains(name) {
      delivery.section("values").note(
        "no template places {values.\(name)}", key: name, remedy: "remove it, or place it where it belongs")
    }
  }
}
