// Typed readers: each gives the value or throws a `YAMLError` at the node's own place.

extension YAMLNode {
  package func readMapping() throws(YAMLError) -> YAMLMapping {
    guard let mapping else { throw wrongKind(.mapping) }
    return mapping
  }

  package func readSequence() throws(YAMLError) -> [YAMLNode] {
    guard let sequence else { throw wrongKind(.sequence) }
    return sequence
  }

  package func readScalar() throws(YAMLError) -> YAMLScalar {
    guard let scalar else { throw wrongKind(.scalar) }
    return scalar
  }

  /// The text exactly as written, quoted or not: `01` is "01" and `yes` is "yes". Null is refused (`notText`);
  /// an empty text is written `""`.
  package func readString() throws(YAMLError) -> String {
    let scalar = try readScalar()
    guard !scalar.isNull else {
      throw error(.notText, "a text is needed here and there is none", remedy: "write a value, or \"\" for empty text")
    }
    return scalar.text
  }

  /// A whole number within 64 bits: decimal digits with an optional sign, or `0x…` or `0o…`, unquoted.
  ///
  /// A leading zero is refused: YAML 1.1 readers take `010` for eight, YAML 1.2 readers for ten.
  package func readInteger() throws(YAMLError) -> Int {
    let scalar = try readScalar()
    let remedy = "write digits without quotes, such as 42"
    guard scalar.isTyped else { throw error(.notInteger, "a whole number is needed here", remedy: remedy) }
    let text = scalar.text
    let hasSign = text.hasPrefix("-") || text.hasPrefix("+")
    let digits = hasSign ? text.dropFirst() : text[...]
    let value: Int?
    if text.hasPrefix("0x") || text.hasPrefix("0o") {
      let radix = text.hasPrefix("0x") ? 16 : 8
      let body = text.dropFirst(2)
      value = body.first == "+" || body.first == "-" ? nil : Int(body, radix: radix)
    } else if digits.utf8.count > 1, digits.utf8.first == UInt8(ascii: "0") {
      throw error(
        .notInteger, "a whole number does not begin with 0 here",
        remedy: "drop the zero, or quote the value where a text is meant")
    } else {
      value = digits.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ? Int(text) : nil
    }
    guard let value else { throw error(.notInteger, "a whole number is needed here", remedy: remedy) }
    return value
  }

  /// A finite decimal number, unquoted: digits, optionally a point and an exponent.
  package func readNumber() throws(YAMLError) -> Double {
    let scalar = try readScalar()
    let allowed = scalar.text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    guard scalar.isTyped, allowed, let value = Double(scalar.text), value.isFinite else {
      throw error(.notNumber, "a number is needed here", remedy: "write it without quotes, such as 0.25")
    }
    return value
  }

  /// `true` or `false`, unquoted and nothing else: `yes` and `on` are texts in YAML 1.2.
  package func readBoolean() throws(YAMLError) -> Bool {
    let scalar = try readScalar()
    if scalar.isTyped {
      if scalar.text == "true" { return true }
      if scalar.text == "false" { return false }
    }
    throw error(.notBoolean, "true or false is needed here", remedy: "write true or false without quotes")
  }

  /// One of the texts in `allowed`; anything else is `notAllowed` with the nearest as a hint.
  package func readChoice(_ allowed: [String]) throws(YAMLError) -> String {
    let text = try readString()
    guard !allowed.contains(text) else { return text }
    let listed = "one of: " + allowed.joined(separator: ", ")
    let remedy = NearestName.of(text, among: allowed).map { "did you mean ‘\($0)’? \(listed)" } ?? listed
    throw error(.notAllowed, "this value is not allowed here", remedy: remedy)
  }

  /// A sequence of texts.
  package func readStrings() throws(YAMLError) -> [String] {
    var texts: [String] = []
    for element in try readSequence() { texts.append(try element.readString()) }
    return texts
  }

  private func wrongKind(_ wanted: Kind) -> YAMLError {
    let remedy =
      switch wanted {
      case .mapping: "write ‘key: value’ lines"
      case .sequence: "write a list, ‘- …’ lines or [ … ]"
      case .scalar: "write a single value"
      }
    let found = isNull ? "nothing" : "a \(kind.rawValue)"
    return error(.wrongKind, "a \(wanted.rawValue) is needed here and \(found) was found", remedy: remedy)
  }
}
