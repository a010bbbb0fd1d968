import XMLKit

extension XSDShapeBuilder {
  mutating func simpleType(named name: XSDName, at place: XSDComponent) throws(SchemaShapeError) -> ValueRules {
    if name.isBuiltIn {
      guard let rules = XSDBuiltInType.rules(name.local) else {
        throw SchemaShapeError(.schema, at: place.position, "XML Schema has no type '\(name.local)'.")
      }
      return rules
    }
    var rules = try simpleType(try require(.simpleType, name, at: place))
    rules.typeName = name.local
    return rules
  }

  mutating func simpleType(_ type: XSDComponent) throws(SchemaShapeError) -> ValueRules {
    try draft.enter(at: type.position)
    defer { draft.leave() }
    guard let variety = type.first("restriction", "list", "union") else {
      throw SchemaShapeError(.schema, at: type.position, "A simple type is a restriction, a list or a union.")
    }
    switch variety.node.localName {
    case "restriction":
      let base: ValueRules
      if let name = variety.reference("base") {
        base = try simpleType(named: name, at: variety)
      } else {
        base = try simpleType(try inner(of: variety))
      }
      return try restricted(base, by: variety)
    case "list":
      var rules = ValueRules(.string, typeName: "list")
      if let name = variety.reference("itemType") {
        rules.listItem = [try simpleType(named: name, at: variety)]
      } else {
        rules.listItem = [try simpleType(try inner(of: variety))]
      }
      return rules
    default: return try union(variety)
    }
  }

  private func inner(of variety: XSDComponent) throws(SchemaShapeError) -> XSDComponent {
    guard let inner = variety.first("simpleType") else {
      throw SchemaShapeError(.schema, at: variety.position, "It names no type and holds none.")
    }
    return inner
  }

  private mutating func union(_ variety: XSDComponent) throws(SchemaShapeError) -> ValueRules {
    var members: [ValueRules] = []
    for name in (variety.text("memberTypes") ?? "").split(whereSeparator: \.isWhitespace) {
      members.append(try simpleType(named: variety.file.name(String(name), at: variety.node), at: variety))
    }
    for child in variety.children where child.node.localName == "simpleType" { members.append(try simpleType(child)) }
    guard var rules = members.first else { return ValueRules(.string, typeName: "union") }
    for member in members.dropFirst() { rules = rules.widened(by: member) }
    return rules
  }

  /// The rules with the facets of a restriction: patterns of one step are alternatives, steps add up.
  func restricted(_ base: ValueRules, by restriction: XSDComponent) throws(SchemaShapeError) -> ValueRules {
    var rules = base
    var patterns: [String] = []
    var enumeration: [String] = []
    for facet in restriction.children {
      guard let text = facet.text("value") else { continue }
      switch facet.node.localName {
      case "enumeration": enumeration.append(text)
      case "pattern": patterns.append(text)
      case "length": (rules.minLength, rules.maxLength) = (Int(text), Int(text))
      case "minLength": rules.minLength = Int(text)
      case "maxLength": rules.maxLength = Int(text)
      case "minInclusive": rules.minimum = ValueRules.Bound(text)
      case "minExclusive": rules.minimum = ValueRules.Bound(text, isExclusive: true)
      case "maxInclusive": rules.maximum = ValueRules.Bound(text)
      case "maxExclusive": rules.maximum = ValueRules.Bound(text, isExclusive: true)
      case "totalDigits": rules.totalDigits = Int(text)
      case "fractionDigits": rules.fractionDigits = Int(text)
      default: break
      }
    }
    if !enumeration.isEmpty { rules.enumeration = enumeration }
    if patterns.count == 1 { rules.patterns.append(patterns[0]) }
    if patterns.count > 1 { rules.patterns.append(patterns.map { "(\($0))" }.joined(separator: "|")) }
    return rules
  }
}
