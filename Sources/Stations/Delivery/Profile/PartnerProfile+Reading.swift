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
      reader.root.note(
        Sentence("the profile says nothing about delivery", "hồ sơ đối tác không nói gì về việc giao"),
        remedy: Sentence("add ‘delivery: …’", "hãy thêm ‘delivery: …’"))
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
          Sentence("to be asked, the partner has to be reached", "muốn hỏi đối tác thì phải kết nối được tới đối tác"),
          key: "polls", remedy: Sentence("add ‘delivery’ with authentication", "hãy thêm ‘delivery’ có authentication"))
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
      delivery.note(
        Sentence("a folder is not asked", "không hỏi được một thư mục"), key: "dictionaries",
        remedy: Sentence("remove it", "hãy bỏ đi"))
    }
    if !authentication.isRenewable, placesSession {
      delivery.note(
        Sentence(
          "a template places {session} and the partner has no login",
          "một mẫu đặt {session} nhưng đối tác không có đăng nhập"), key: "authentication",
        remedy: Sentence(
          "say how to log in (session or clientCredentials), or remove {session}",
          "hãy nói cách đăng nhập (session hoặc clientCredentials), hoặc bỏ {session}"))
    }
    if case .session = authentication, !placesSession {
      delivery.note(
        Sentence("the token of the login is placed nowhere", "mã phiên của đăng nhập không được đặt ở đâu"),
        key: "authentication",
        remedy: Sentence(
          "write {session} where the partner wants it: in a field of headers, or in a body",
          "hãy viết {session} ở nơi đối tác cần: trong một trường của headers, hoặc trong thân"))
    }
    if authentication.isSigned,
      upload != nil || !lookups.isEmpty || operations.contains(where: { $0.question != nil })
    {
      delivery.note(
        Sentence(
          "questions and files are not signed on this wire", "câu hỏi và tệp không được ký trên đường truyền này"),
        key: "authentication",
        remedy: Sentence(
          "remove ‘ask’, ‘lookups’ and ‘upload’: a document that is sent again is the same document there",
          "hãy bỏ ‘ask’, ‘lookups’ và ‘upload’: ở đó văn bản gửi lại vẫn là cùng một văn bản"))
    }
    for name in defaults.keys.sorted() where !valueNames.contains(name) {
      delivery.section("values").note(
        Sentence("no template places {values.\(name)}", "không mẫu nào đặt {values.\(name)}"), key: name,
        remedy: Sentence("remove it, or place it where it belongs", "hãy bỏ đi, hoặc đặt vào đúng chỗ"))
    }
  }
}
