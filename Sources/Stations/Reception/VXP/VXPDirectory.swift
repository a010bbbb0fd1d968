package import DocumentKit
package import JSONKit

/// The agency lists that the VXP door answers with, as the client reads them: every field there, none null.
package struct VXPDirectory: Sendable {
  /// Operations that answer with a list of agencies; a site's file is called as its operation, with `.json`.
  package static let listNames: [String] = lists.keys.sorted()

  /// The national directory has some 110,000 entries.
  package static let limits = JSONLimits(bytes: 64 << 20, values: 8_000_000)

  /// One agency, where the site has no file.
  package struct Agency: Sendable {
    package var code: String
    package var name: String

    package init(code: String, name: String) {
      self.code = code
      self.name = name
    }
  }

  /// What an item may not be, and where.
  package struct Fault: Error, Sendable {
    /// The operation whose file it is.
    package var list: String
    package var line: Int
    package var column: Int
    package var message: Sentence
  }

  private enum Kind {
    case text
    case integer
    case boolean
  }

  /// The fields that the client reads (domain page §3.5.3), in its order.
  private static let lists: [String: [(name: String, kind: Kind)]] = [
    "getAgenciesList": texts(["code", "id", "mail", "name", "pid", "oldCode"]),
    "getAgenciesListQD20": texts(["code", "id", "mail", "name", "pid", "code102"]),
    "getSynchronizeUnit": texts(["code", "id", "mail", "name", "pid"]) + [
      ("version", .integer), ("centerCode", .text), ("deleted", .boolean), ("modifyDate", .text),
      ("isAgency", .boolean),
    ],
  ]
  /// Says in a file of `getAgenciesListQD20` which level an agency is of; no field of the answer.
  private static let levelName = "level"

  private static func texts(_ names: [String]) -> [(name: String, kind: Kind)] { names.map { ($0, .text) } }

  private struct Item: Sendable {
    let json: [UInt8]
    let level: String?
  }

  /// Lists in ASCII, ready to be answered with; by level where items have one.
  private let ready: [String: [UInt8]]
  private let items: [Item]

  /// `files`: by operation, one JSON list each. Lists that are not there are made of `agencies`.
  package init(agencies: [Agency], files: [String: JSONValue]) throws(Fault) {
    var ready: [String: [UInt8]] = [:]
    var levels: [Item] = []
    for name in Self.listNames {
      let items = try files[name].map { file throws(Fault) in try Self.items(in: file, of: name) }
      let list = items ?? agencies.map { Item(json: Self.item($0, of: name), level: nil) }
      ready[name] = Self.joined(list.map(\.json))
      if list.contains(where: { $0.level != nil }) { levels = list }
    }
    self.ready = ready
    items = levels
  }

  /// A JSON list in ASCII. `level` picks agencies of one level, where the site says which each is of.
  func list(_ operation: VXPOperation, level: String?) -> [UInt8] {
    guard operation == .getAgenciesListQD20, let level, !items.isEmpty else { return ready[operation.rawValue] ?? [] }
    return Self.joined(items.filter { $0.level == level }.map(\.json))
  }

  private static func joined(_ items: [[UInt8]]) -> [UInt8] {
    [UInt8(ascii: "[")] + items.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
  }

  private static func items(in file: JSONValue, of name: String) throws(Fault) -> [Item] {
    guard file.kind == .array else {
      throw fault(
        name, at: file, Sentence("the answer to \(name) is a list", "câu trả lời cho \(name) là một danh sách"))
    }
    var items: [Item] = []
    for item in file.elements { items.append(try self.item(item, of: name)) }
    return items
  }

  private static func item(_ value: JSONValue, of name: String) throws(Fault) -> Item {
    guard value.kind == .object else {
      throw fault(name, at: value, Sentence("an agency is an object", "mỗi cơ quan là một đối tượng"))
    }
    let fields = lists[name] ?? []
    let known = Set(fields.map(\.name)).union(name == "getAgenciesListQD20" ? [levelName] : [])
    for member in value.members where !known.contains(member.name) {
      throw fault(
        name, at: member.nameValue,
        Sentence(
          "the client knows no field ‘\(member.name)’, only \(known.sorted().joined(separator: ", "))",
          "phần mềm gọi không có trường ‘\(member.name)’, chỉ có \(known.sorted().joined(separator: ", "))"))
    }
    for required in ["code", "name"] where value[required]?.string?.isEmpty != false {
      throw fault(name, at: value, Sentence("an agency has a \(required)", "mỗi cơ quan phải có \(required)"))
    }
    var writer = JSONWriter()
    writer.beginObject()
    for (field, kind) in fields { try write(value[field], as: kind, named: field, of: name, to: &writer) }
    writer.endObject()
    let level = value[levelName].flatMap { $0.string ?? $0.numberText }
    return Item(json: ASCIIJSON.escaped(writer.finish()), level: level)
  }

  private static func item(_ agency: Agency, of name: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    for (field, kind) in lists[name] ?? [] {
      writer.name(field)
      switch (field, kind) {
      case ("code", _), ("id", _): writer.string(agency.code)
      case ("name", _): writer.string(agency.name)
      case ("isAgency", _): writer.boolean(true)
      case (_, .text): writer.string("")
      case (_, .integer): writer.integer(0)
      case (_, .boolean): writer.boolean(false)
      }
    }
    writer.endObject()
    return ASCIIJSON.escaped(writer.finish())
  }

  /// What is not there is written empty: the client needs every field.
  private static func write(
    _ value: JSONValue?, as kind: Kind, named name: String, of list: String, to writer: inout JSONWriter
  ) throws(Fault) {
    writer.name(name)
    switch kind {
    case .text:
      guard let text = value.map({ $0.string ?? $0.numberText }) ?? "" else {
        throw fault(list, at: value, Sentence("\(name) is a text", "\(name) là một chuỗi"))
      }
      writer.string(text)
    case .integer:
      guard let number = value.map(\.integer) ?? 0 else {
        throw fault(list, at: value, Sentence("\(name) is a whole number", "\(name) là một số nguyên"))
      }
      writer.integer(number)
    case .boolean:
      guard let boolean = value.map(\.boolean) ?? false else {
        throw fault(list, at: value, Sentence("\(name) is true or false", "\(name) là true hoặc false"))
      }
      writer.boolean(boolean)
    }
  }

  private static func fault(_ list: String, at value: JSONValue?, _ message: Sentence) -> Fault {
    Fault(
      list: list, line: value?.position.line ?? 1, column: value?.position.column ?? 1, message: message)
  }
}
