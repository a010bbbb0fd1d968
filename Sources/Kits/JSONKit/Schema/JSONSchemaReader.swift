/// The keywords of one schema object, read by name and checked for their kind.
struct JSONSchemaReader {
  let value: JSONValue
  let place: JSONSchemaPlace
  let vocabularies: JSONSchemaVocabularies
  private let isStrict: Bool
  private let keywords: [String: JSONValue]

  init(_ value: JSONValue, place: JSONSchemaPlace, vocabularies: JSONSchemaVocabularies, isStrict: Bool) {
    self.value = value
    self.place = place
    self.vocabularies = vocabularies
    self.isStrict = isStrict
    var keywords: [String: JSONValue] = [:]
    for member in value.members { keywords[member.name] = member.value }
    self.keywords = keywords
  }

  var dialect: JSONSchemaDialect { vocabularies.dialect }

  subscript(keyword: String) -> JSONValue? { keywords[keyword] }

  /// In strict reading, refuses what the draft does not know, naming it.
  func refuseUnknownKeywords() throws(JSONSchemaProblem) {
    guard isStrict else { return }
    for member in value.members where !dialect.keywords.contains(member.name) {
      let hint = dialect == .draft07 ? "draft-07" : "2020-12"
      throw JSONSchemaProblem(
        .unknownKeyword, "the keyword \"\(member.name)\" is unknown to \(hint); remove it or read without strictness",
        at: member.nameValue)
    }
  }

  /// A whole number from 0; one beyond what any document can have is taken for that.
  func count(_ keyword: String) throws(JSONSchemaProblem) -> Int? {
    guard let value = self[keyword] else { return nil }
    let decimal = try number(value, keyword)
    guard decimal.isInteger, !decimal.isNegative else {
      throw JSONSchemaProblem(.invalidSchema, "\(keyword) is a whole number from 0", at: value)
    }
    guard decimal.digits.count + decimal.exponent <= 18 else { return Int.max }
    return decimal.digits.reduce(0) { $0 * 10 + Int($1) } * (0..<decimal.exponent).reduce(1) { power, _ in power * 10 }
  }

  func number(_ value: JSONValue, _ keyword: String) throws(JSONSchemaProblem) -> JSONDecimal {
    guard let text = value.numberText else {
      throw JSONSchemaProblem(.invalidSchema, "\(keyword) is a number", at: value)
    }
    return JSONDecimal(Array(text.utf8)[...])
  }

  func boolean(_ keyword: String) throws(JSONSchemaProblem) -> Bool? {
    guard let value = self[keyword] else { return nil }
    guard let boolean = value.boolean else {
      throw JSONSchemaProblem(.invalidSchema, "\(keyword) is true or false", at: value)
    }
    return boolean
  }

  func string(_ keyword: String) throws(JSONSchemaProblem) -> String? {
    guard let value = self[keyword] else { return nil }
    guard let string = value.string else {
      throw JSONSchemaProblem(.invalidSchema, "\(keyword) is a string", at: value)
    }
    return string
  }

  /// The members of a keyword that is an object.
  func members(_ keyword: String) throws(JSONSchemaProblem) -> [JSONMember] {
    guard let value = self[keyword] else { return [] }
    guard value.kind == .object else { throw JSONSchemaProblem(.invalidSchema, "\(keyword) is an object", at: value) }
    return Array(value.members)
  }

  /// A list of names, each once.
  func names(_ value: JSONValue, _ keyword: String) throws(JSONSchemaProblem) -> [JSONValue] {
    let names = Array(value.elements)
    let isList = value.kind == .array && names.allSatisfy { $0.kind == .string }
    guard isList, Set(names.map { JSONPointer(tokens: [$0.string ?? ""]) }).count == names.count else {
      throw JSONSchemaProblem(.invalidSchema, "\(keyword) lists names, each once", at: value)
    }
    return names
  }
}
