/// The types a schema allows, as a set of bits.
struct JSONSchemaTypes: OptionSet, Sendable {
  let rawValue: UInt8

  static let null = JSONSchemaTypes(rawValue: 1)
  static let boolean = JSONSchemaTypes(rawValue: 2)
  static let integer = JSONSchemaTypes(rawValue: 4)
  /// Numbers that are no integers; the keyword's "number" is this and `integer`.
  static let fraction = JSONSchemaTypes(rawValue: 8)
  static let string = JSONSchemaTypes(rawValue: 16)
  static let array = JSONSchemaTypes(rawValue: 32)
  static let object = JSONSchemaTypes(rawValue: 64)
  static let number: JSONSchemaTypes = [.integer, .fraction]
  static let all = JSONSchemaTypes(rawValue: 127)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The types of one name of the keyword `type`.
  init?(name: String) {
    switch name {
    case "null": self = .null
    case "boolean": self = .boolean
    case "integer": self = .integer
    case "number": self = .number
    case "string": self = .string
    case "array": self = .array
    case "object": self = .object
    default: return nil
    }
  }

  /// The names of the keyword, each with its Vietnamese word.
  var names: [(english: String, vietnamese: String)] {
    var names: [(english: String, vietnamese: String)] = []
    if contains(.object) { names.append(("object", "đối tượng (object)")) }
    if contains(.array) { names.append(("array", "mảng (array)")) }
    if contains(.string) { names.append(("string", "chuỗi (string)")) }
    if contains(.number) {
      names.append(("number", "số (number)"))
    } else if contains(.integer) {
      names.append(("integer", "số nguyên (integer)"))
    }
    if contains(.boolean) { names.append(("boolean", "đúng/sai (boolean)")) }
    if contains(.null) { names.append(("null", "null")) }
    return names
  }
}
