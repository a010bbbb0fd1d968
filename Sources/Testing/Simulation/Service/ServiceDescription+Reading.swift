import CryptographyKit
package import DocumentKit
import FileKit
import JSONKit
package import ServiceKit
import XMLKit

extension ServiceDescription {
  /// Reads a description; everything wrong with it is told at once.
  package init(_ document: YAMLDocument) throws(ConfigurationErrors) {
    let reader = ConfigurationReader(document)
    let root = reader.root
    let secrets = root.section("secrets")
    let values = root.section("values")
    let login = root.section("login")
    let answers = Self.answers(root)
    self.init(
      name: root.string("simulator"), title: root.string("title"),
      secrets: Dictionary(uniqueKeysWithValues: secrets.keys.map { ($0, secrets.string($0)) }),
      values: Dictionary(uniqueKeysWithValues: values.keys.map { ($0, values.string($0)) }),
      door: Self.door(root.section("door")),
      doorRefused: root.section("door").isPresent
        ? AnswerTemplate(reading: root.section("door").requiredSection("refused")) : .nothing,
      login: login.isPresent ? Login(reading: login) : nil,
      operations: root.namedSections("operations").map {
        ServiceOperation(reading: $0.section, name: $0.name, answers: answers)
      },
      boxes: Dictionary(
        uniqueKeysWithValues: root.namedSections("boxes").map { name, box in
          (
            name,
            ServiceBox(
              dossier: .reading(box, "dossier"), id: box.node("id") == nil ? nil : .reading(box, "id"))
          )
        }),
      lookups: root.namedSections("lookups").map {
        ServiceLookup(reading: $0.section, name: $0.name, answers: answers)
      },
      calls: root.node("calls") == nil ? nil : ServiceCalls(reading: root.section("calls")))
    for operation in operations {
      for box in [operation.gives?.box, operation.removes].compactMap({ $0 }) where boxes[box] == nil {
        root.note(
          Sentence("there is no box ‘\(box)’", "không có hộp ‘\(box)’"), key: "operations",
          remedy: Sentence("add it to boxes", "hãy thêm vào boxes"))
      }
    }
    if operations.isEmpty, lookups.isEmpty {
      root.note(
        Sentence("the service has no operation", "dịch vụ không có thao tác nào"), key: "operations",
        remedy: Sentence("add one", "hãy thêm một cái"))
    }
    try reader.finish()
  }

  static func answers(_ section: ConfigurationSection) -> [String: AnswerTemplate] {
    Dictionary(
      uniqueKeysWithValues: section.namedSections("answers").map { ($0.name, AnswerTemplate(reading: $0.section)) })
  }

  private static func door(_ section: ConfigurationSection) -> Door {
    let kinds = ["header", "ticket", "member", "standardWebhook"].filter { section.node($0) != nil }
    guard section.isPresent else { return .open }
    guard kinds.count == 1 else {
      section.note(
        Sentence("a door asks for one thing", "một cửa vào chỉ đòi một thứ"),
        remedy: Sentence(
          "write one of header, ticket, member, standardWebhook",
          "hãy viết một trong header, ticket, member, standardWebhook"))
      return .open
    }
    let inner = section.section(kinds[0])
    switch kinds[0] {
    case "header": return .header(name: inner.string("name"), value: inner.string("value"))
    case "standardWebhook": return .standardWebhook(secret: inner.string("secret"))
    case "member": return .member(.reading(inner, "at"), value: inner.string("value"))
    default:
      if inner.node("at") != nil { return .ticketMember(.reading(inner, "at")) }
      return .ticketHeader(name: inner.string("header"), prefix: inner.string("prefix", default: "", mayBeEmpty: true))
    }
  }
}

extension ServiceDescription.Login {
  fileprivate init(reading section: ConfigurationSection) {
    let isForm = section.node("form") != nil
    let call = section.optionalString("call")
    let asks = section.section(isForm ? "form" : call == nil ? "json" : "xml")
    self.init(
      path: ServiceOperation.segments(section.string("path")), method: section.string("method", default: "POST"),
      call: call, asks: Dictionary(uniqueKeysWithValues: asks.keys.map { ($0, asks.string($0)) }), isForm: isForm,
      typed: Self.typed(section.node("typed")),
      basic: section.optionalString("basic"),
      lifetime: section.duration("lifetime", in: .seconds(1)...(.seconds(86_400)), default: .seconds(1_800)),
      tickets: section.integer("tickets", in: 1...1_000, default: 1_000),
      given: AnswerTemplate(reading: section.requiredSection("given")),
      refused: AnswerTemplate(reading: section.requiredSection("refused")))
  }
}

extension ServiceDescription.Login {
  private static func typed(_ node: YAMLNode?) -> [String: String] {
    guard let node, let document = try? JSONDocument(parsing: node.json(filling: [:])) else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: document.root.members.map { member in
        (String(member.name), (try? member.value.canonicalised()).map { String(decoding: $0, as: UTF8.self) } ?? "")
      })
  }
}

extension ServiceOperation {
  fileprivate init(reading section: ConfigurationSection, name: String, answers common: [String: AnswerTemplate]) {
    let document = section.section("document")
    let query = section.section("query")
    let headers = section.section("headers")
    self.init(
      name: name, method: section.string("method", default: "POST"), path: Self.segments(section.string("path")),
      call: section.optionalString("call"),
      query: Dictionary(uniqueKeysWithValues: query.keys.map { ($0, query.string($0)) }),
      headers: Dictionary(uniqueKeysWithValues: headers.keys.map { ($0, headers.string($0)) }),
      form: section.choice("body", default: .json), schema: section.optionalString("schema"),
      place: document.isPresent ? Place(reading: document) : nil,
      documentSchema: document.isPresent ? document.optionalString("schema") : nil,
      dossier: section.node("gives") == nil ? .reading(section, "dossier") : .reading(section, "dossier", or: "''"),
      takes: section.choice("takes", default: .any),
      again: section.node("again") == nil ? nil : .reading(section, "again"),
      removes: section.optionalString("removes"),
      gives: section.node("gives") == nil ? nil : ServiceGives(reading: section.section("gives")),
      checksum: ServiceChecksum(reading: section.section("checksum")),
      rules: section.sections("rules").map { rule in
        Rule(when: .reading(rule, "when"), answer: rule.string("answer"))
      },
      answers: common.merging(ServiceDescription.answers(section)) { _, own in own })
    var needed = Set(Self.everyAnswer + rules.map(\.answer))
    if takes == .new { needed.insert("alreadyThere") }
    if takes == .known { needed.insert("unknown") }
    if let gives { needed = gives.one == nil ? ["listed"] : ["given", "unknown"] }
    for answer in needed.sorted() where self.answers[answer] == nil {
      section.note(
        Sentence("the answer ‘\(answer)’ is missing", "thiếu câu trả lời ‘\(answer)’"), key: "answers",
        remedy: Sentence("add it as the partner words it", "hãy thêm theo lời của đối tác"))
    }
  }

  static func segments(_ path: String) -> [String] {
    path.split(separator: "/").map(String.init)
  }
}

extension ServiceCalls {
  fileprivate init(reading section: ConfigurationSection) {
    self.init(
      path: section.string("path"), names: Set(section.strings("names")),
      keyHeader: section.optionalString("keyHeader"),
      taken: .reading(section, "taken"))
  }
}

extension ServiceGives {
  fileprivate init(reading section: ConfigurationSection) {
    let entry = section.section("entry")
    self.init(
      box: section.string("box"), condition: section.node("where") == nil ? nil : .reading(section, "where"),
      entry: entry.isPresent ? AnswerTemplate(reading: entry) : nil,
      after: Self.word(section, "after"), from: Self.word(section, "from"), until: Self.word(section, "until"),
      page: Self.word(section, "page"), size: Self.word(section, "size"), dossiers: Self.word(section, "dossiers"),
      one: Self.word(section, "one"), removes: section.boolean("removes", default: false))
  }

  private static func word(_ section: ConfigurationSection, _ key: String) -> Word? {
    guard section.node(key) != nil else { return nil }
    let inner = section.section(key)
    if inner.node("query") != nil { return .query(inner.string("query")) }
    if inner.node("path") != nil { return .path(inner.string("path")) }
    return .at(.reading(inner, "at"))
  }
}

extension ServiceLookup {
  fileprivate init(reading section: ConfigurationSection, name: String, answers common: [String: AnswerTemplate]) {
    let query = section.section("query")
    let key = section.requiredSection("key")
    let files = section.section("records")
    let example = section.section("example")
    self.init(
      name: name, method: section.string("method", default: "GET"),
      path: ServiceOperation.segments(section.string("path")),
      query: Dictionary(uniqueKeysWithValues: query.keys.map { ($0, query.string($0)) }),
      key: key.node("query") == nil ? .body(.reading(key, "at")) : .query(key.string("query")),
      schema: section.optionalString("schema"), checksum: ServiceChecksum(reading: section.section("checksum")),
      records: [:], contentType: section.string("contentType", default: "application/json; charset=utf-8"),
      answers: common.merging(ServiceDescription.answers(section)) { _, own in own },
      example: Dictionary(
        uniqueKeysWithValues: example.keys.map { ($0, example.string($0, mayBeEmpty: true)) }))
    for about in files.keys {
      let path = files.path(about)
      if recordFile == nil { recordFile = path }
      if let bytes = try? FileContent.read(path, limit: 1 << 20) {
        records[about] = bytes
      } else {
        files.note(
          Sentence("the record cannot be read", "không đọc được bản ghi"), key: about,
          remedy: Sentence("name a file from this one on", "hãy nêu một tệp tính từ tệp này"))
      }
    }
    for answer in ["invalid", "refused", "unknown"] where self.answers[answer] == nil {
      section.note(
        Sentence("the answer ‘\(answer)’ is missing", "thiếu câu trả lời ‘\(answer)’"), key: "answers",
        remedy: Sentence("add it as the partner words it", "hãy thêm theo lời của đối tác"))
    }
  }
}

extension ServiceChecksum {
  /// nil where there is none.
  fileprivate init?(reading section: ConfigurationSection) {
    guard section.isPresent else { return nil }
    let algorithm: FieldChecksum.Algorithm = section.choice("algorithm")
    self.init(
      member: section.string("member"),
      checksum: FieldChecksum(algorithm, separator: section.string("between", default: "", mayBeEmpty: true)),
      key: section.string("key", default: "", mayBeEmpty: true), parts: section.strings("of"))
  }
}

extension ServiceOperation.Place {
  fileprivate init(reading section: ConfigurationSection) {
    let format: ServiceOperation.Form? =
      section.node("as") == nil ? nil : section.choice("as", default: ServiceOperation.Form.json)
    self.init(
      spot: section.node("field") == nil ? .expression(.reading(section, "at")) : .field(section.string("field")),
      format: format, isBase64: section.boolean("base64", default: false))
  }
}

extension XPathExpression {
  /// Reads an expression; one that cannot be used is noted.
  static func reading(
    _ section: ConfigurationSection, _ key: String, or other: String? = nil
  ) -> XPathExpression {
    let text = section.string(key, default: other)
    do throws(XMLError) {
      return try XPathExpression(text.isEmpty ? "''" : text)
    } catch {
      section.note(
        Sentence("the expression cannot be used: \(error.message)", "không dùng được biểu thức này: \(error.message)"),
        key: key, remedy: Sentence("write an XPath 1.0 expression", "hãy viết biểu thức XPath 1.0"))
      guard let empty = try? XPathExpression("''") else { preconditionFailure("an empty text is an expression") }
      return empty
    }
  }
}
