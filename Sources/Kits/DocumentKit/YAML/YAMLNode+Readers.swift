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
      throw error(
        .notText, Sentence("a text is needed here and there is none", "ở đây cần một chuỗi mà không có"),
        remedy: Sentence("write a value, or \"\" for empty text", "hãy viết một giá trị, hoặc \"\" cho chuỗi rỗng"))
    }
    return scalar.text
  }

  /// A whole number within 64 bits: decimal digits with an optional sign, or `0x…` or `0o…`, unquoted.
  ///
  /// A leading zero is refused: YAML 1.1 readers take `010` for eight, YAML 1.2 readers for ten.
  package func readInteger() throws(YAMLError) -> Int {
    let scalar = try readScalar()
    let remedy = Sentence("write digits without quotes, such as 42", "hãy viết các chữ số không có dấu nháy, ví dụ 42")
    guard scalar.isTyped else {
      throw error(.notInteger, Sentence("a whole number is needed here", "ở đây cần một số nguyên"), remedy: remedy)
    }
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
        .notInteger, Sentence("a whole number does not begin with 0 here", "ở đây số nguyên không được bắt đầu bằng 0"),
        remedy: Sentence(
          "drop the zero, or quote the value where a text is meant",
          "hãy bỏ số 0, hoặc đặt giá trị trong dấu nháy nếu đó là chuỗi"))
    } else {
      value = digits.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ? Int(text) : nil
    }
    guard let value else {
      throw error(.notInteger, Sentence("a whole number is needed here", "ở đây cần một số nguyên"), remedy: remedy)
    }
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
      throw error(
        .notNumber, Sentence("a number is needed here", "ở đây cần một số"),
        remedy: Sentence("write it without quotes, such as 0.25", "hãy viết không có dấu nháy, ví dụ 0.25"))
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
    throw error(
      .notBoolean, Sentence("true or false is needed here", "ở đây cần true hoặc false"),
      remedy: Sentence("write true or false without quotes", "hãy viết true hoặc false không có dấu nháy"))
  }

  /// One of the texts in `allowed`; anything else is `notAllowed` with the nearest as a hint.
  package func readChoice(_ allowed: [String]) throws(YAMLError) -> String {
    let text = try readString()
    guard !allowed.contains(text) else { return text }
    let listed = Sentence.oneOf(allowed)
    let remedy = NearestName.of(text, among: allowed).map { .didYouMean($0) + Sentence(same: " ") + listed } ?? listed
    throw error(
      .notAllowed, Sentence("this value is not allowed here", "giá trị này không được phép ở đây"), remedy: remedy)
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
      case .mapping: Sentence("write ‘key: value’ lines", "hãy viết các dòng ‘khóa: giá trị’")
      case .sequence:
        Sentence("write a list, ‘- …’ lines or [ … ]", "hãy viết một danh sách: các dòng ‘- …’ hoặc [ … ]")
      case .scalar: Sentence("write a single value", "hãy viết một giá trị đơn")
      }
    let found =
      isNull ? Sentence("nothing", "không thấy gì") : Sentence("a \(kind.rawValue)", "lại thấy \(kind.vietnamese)")
    return error(
      .wrongKind,
      Sentence(
        "a \(wanted.rawValue) is needed here and \(found) was found",
        "ở đây cần \(wanted.vietnamese) mà \(found.vietnamese)"), remedy: remedy)
  }
}

extension YAMLNode.Kind {
  fileprivate var vietnamese: String {
    switch self {
    case .mapping: "các dòng ‘khóa: giá trị’"
    case .sequence: "danh sách"
    case .scalar: "giá trị đơn"
    }
  }
}
