import CXML

extension XMLSchemaRule {
  /// What of a report may be told: only what comes from the schema, or names.
  struct Details {
    /// Names or facet values that the schema asks for.
    var expected: [String] = []
    /// Name of an attribute, of an identity constraint, or of a type.
    var subject: String?
    /// Which of several faults that share a code it is.
    var variant = Variant.plain

    enum Variant {
      case plain
      case missingChild
      case duplicateKey
      case unmatchedReference
      case incompleteKey
      case otherConstraint
    }

    static let none = Details()

    /// At most so many expected values are told; an enumeration may have thousands.
    static let expectedLimit = 20
  }
}

extension XMLSchemaRule.Details {
  /// Takes over what is safe. In libxml2's reports the strings come in the order in which its sentence uses them: of
  /// facets the value first, then what the schema allows.
  init(copying error: xmlError, rule: XMLSchemaRule) {
    let strings = [error.str1, error.str2, error.str3].map { $0.map { String(cString: $0) } }
    let message = error.message.map { String(cString: $0) } ?? ""
    switch rule.code {
    case XML_SCHEMAV_CVC_ENUMERATION_VALID:
      expected = Self.enumeration(strings[1] ?? "")
    case XML_SCHEMAV_CVC_LENGTH_VALID, XML_SCHEMAV_CVC_MINLENGTH_VALID, XML_SCHEMAV_CVC_MAXLENGTH_VALID:
      expected = [strings[2] ?? strings[1]].compactMap(\.self)
    case _ where rule.isFacet:
      expected = [strings[1]].compactMap(\.self)
    case XML_SCHEMAV_ELEMENT_CONTENT, XML_SCHEMAV_CVC_COMPLEX_TYPE_2_4:
      expected = Self.names(in: message)
      if message.contains(": Missing child element(s).") { variant = .missingChild }
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
      subject = strings[0]
      expected = [strings[0]].compactMap(\.self)
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1, XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2:
      subject = strings[0]
    case XML_SCHEMAV_CVC_AU:
      expected = [strings[1]].compactMap(\.self)
    case XML_SCHEMAV_CVC_IDC:
      (variant, subject) = Self.constraint(strings)
    case _ where rule.isValueOfType:
      subject = Self.typeName(in: message)
      expected = [subject].compactMap(\.self)
    default:
      break
    }
  }

  /// `'a', 'b'` as libxml2 lists the values of an enumeration.
  private static func enumeration(_ list: String) -> [String] {
    guard list.hasPrefix("'"), list.hasSuffix("'"), list.utf8.count >= 2 else { return [] }
    let inner = Array(list.unicodeScalars.dropFirst().dropLast())
    let border = Array("', '".unicodeScalars)
    var values: [String] = []
    var value = String.UnicodeScalarView()
    var index = 0
    while index < inner.count, values.count < expectedLimit {
      if inner[index...].starts(with: border) {
        values.append(String(value))
        value = String.UnicodeScalarView()
        index += border.count
      } else {
        value.append(inner[index])
        index += 1
      }
    }
    if values.count < expectedLimit { values.append(String(value)) }
    return values
  }

  /// The names after "Expected is", which come from the schema: `Expected is one of ( {urn:a}b, c ).`
  private static func names(in message: String) -> [String] {
    guard let open = message.lastRange(of: " ( "), let close = message.lastRange(of: " )"),
      open.upperBound <= close.lowerBound, message[..<open.lowerBound].contains(". Expected is")
    else { return [] }
    var names: [String] = []
    var name = ""
    var isInNamespace = false
    for character in message[open.upperBound..<close.lowerBound] {
      if character == "{" { isInNamespace = true }
      if character == "}" { isInNamespace = false }
      if character == ",", !isInNamespace {
        names.append(name)
        name = ""
      } else if character != " " || isInNamespace {
        name.append(character)
      }
    }
    if !name.isEmpty { names.append(name) }
    return Array(names.prefix(expectedLimit))
  }

  /// The type in `… is not a valid value of the atomic type 'xs:int'.` A type's name has no quotes, so what stands
  /// between the last two is the name; a type without name ends the sentence otherwise.
  private static func typeName(in message: String) -> String? {
    guard message.hasSuffix("'.\n"), let start = message.lastRange(of: " type '") else { return nil }
    let name = message[start.upperBound...].dropLast(3)
    return name.contains("'") || name.contains(" ") ? nil : String(name)
  }

  private static func constraint(_ strings: [String?]) -> (Variant, String?) {
    // No match: element, key values, name of the keyref.
    if let name = strings[2] { return (.unmatchedReference, name) }
    if let first = strings[0], let name = strings[1] {
      // Key values come in brackets; the path of a field in the other reports does not begin so.
      return (first.hasPrefix("[") ? .duplicateKey : .otherConstraint, quoted(in: name))
    }
    if let name = strings[0] { return (.incompleteKey, quoted(in: name)) }
    return (.otherConstraint, nil)
  }

  /// The name in `unique identity-constraint 'name'`.
  private static func quoted(in designation: String) -> String? {
    let parts = designation.split(separator: "'", omittingEmptySubsequences: false)
    return parts.count >= 2 ? String(parts[1]) : nil
  }
}

extension String {
  /// The last place where `part` stands.
  fileprivate func lastRange(of part: String) -> Range<String.Index>? {
    var found: Range<String.Index>?
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      found = range
      rest = rest[range.upperBound...]
    }
    return found
  }
}
