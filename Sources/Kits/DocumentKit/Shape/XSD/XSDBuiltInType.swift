/// The types of XML Schema part 2 as rules for texts.
enum XSDBuiltInType {
  /// Nil for a name that XML Schema does not define.
  static func rules(_ local: String) -> ValueRules? {
    guard let kind = kinds[local] else { return nil }
    var rules = ValueRules(kind, typeName: "xs:" + local)
    rules.builtIn = "xs:" + local
    if let (minimum, maximum) = ranges[local] {
      rules.minimum = minimum.map { ValueRules.Bound($0) }
      rules.maximum = maximum.map { ValueRules.Bound($0) }
    }
    if kind == .integer { rules.fractionDigits = 0 }
    if let item = listItems[local], let itemRules = Self.rules(item) {
      rules.listItem = [itemRules]
      rules.minLength = 1
    }
    return rules
  }

  private static let kinds: [String: ValueRules.Kind] = {
    var kinds: [String: ValueRules.Kind] = [
      "anyType": .any, "anySimpleType": .any, "boolean": .boolean, "decimal": .decimal, "float": .double,
      "double": .double, "date": .date, "time": .time, "dateTime": .dateTime, "base64Binary": .base64, "anyURI": .uri,
    ]
    for name in [
      "string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN", "NMTOKENS", "ID", "IDREF",
      "IDREFS", "ENTITY", "ENTITIES", "QName", "NOTATION", "hexBinary", "duration", "gYear", "gYearMonth", "gMonth",
      "gMonthDay", "gDay",
    ] { kinds[name] = .string }
    for name in ["integer"] + ranges.keys { kinds[name] = .integer }
    return kinds
  }()

  private static let ranges: [String: (String?, String?)] = [
    "long": ("-9223372036854775808", "9223372036854775807"), "int": ("-2147483648", "2147483647"),
    "short": ("-32768", "32767"), "byte": ("-128", "127"), "unsignedLong": ("0", "18446744073709551615"),
    "unsignedInt": ("0", "4294967295"), "unsignedShort": ("0", "65535"), "unsignedByte": ("0", "255"),
    "nonNegativeInteger": ("0", nil), "positiveInteger": ("1", nil), "nonPositiveInteger": (nil, "0"),
    "negativeInteger": (nil, "-1"),
  ]

  private static let listItems = ["NMTOKENS": "NMTOKEN", "IDREFS": "IDREF", "ENTITIES": "ENTITY"]
}
