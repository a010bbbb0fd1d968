import DocumentKit
import Translation
import XMLKit

extension MappingCheck {
  private typealias Clash = (kind: ValueClash, message: Sentence, remedy: Sentence)

  /// The rules of the place a row writes; nil where the schema is open or the place holds no text.
  private mutating func rules(of row: MappingRow, _ element: Int) -> ValueRules? {
    guard let node = written[element].node else { return nil }
    let tree = targets[written[element].target]
    if let rules = tree[node].value { return rules }
    guard !tree.isOpen(node) else { return nil }
    report(
      .error, .typeClash, at: row.position,
      Sentence(
        "‘\(path(of: element))’ of the target holds elements and no text",
        "‘\(path(of: element))’ của đích chứa phần tử, không chứa văn bản"),
      remedy: Sentence("write ‘rows’ in place of ‘from’ or ‘value’", "hãy viết ‘rows’ thay cho ‘from’ hoặc ‘value’"),
      path: path(of: element))
    return nil
  }

  /// A text that stands in the mapping itself.
  mutating func checkConstant(_ text: String, _ key: String, _ row: MappingRow, _ element: Int) {
    guard let rules = rules(of: row, element) else { return }
    checkJSONType(row, rules, element)
    guard let clash = rules.clash(with: text) else { return }
    report(
      .error, clash.rule, at: row.position,
      Sentence(
        "‘\(key)’ writes ‘\(text)’, which ‘\(path(of: element))’ does not allow",
        "‘\(key)’ ghi ‘\(text)’, mà ‘\(path(of: element))’ không cho phép"),
      remedy: rules.expectation, path: path(of: element))
  }

  /// `empty: keep` needs a place that may be empty.
  mutating func checkEmpty(_ row: MappingRow, _ element: Int) {
    guard let rules = rules(of: row, element), let clash = rules.clash(with: "") else { return }
    report(
      .error, clash.rule, at: row.position,
      Sentence(
        "‘empty: keep’ writes an empty text, which ‘\(path(of: element))’ does not allow",
        "‘empty: keep’ ghi chuỗi rỗng, mà ‘\(path(of: element))’ không cho phép"),
      remedy: Sentence("drop it, or write a default", "hãy bỏ đi, hoặc viết giá trị mặc định"), path: path(of: element))
  }

  mutating func checkValue(
    _ facts: ExpressionFacts, _ expression: MappingDefinition.Expression, _ row: MappingRow,
    _ element: Int,
  ) {
    guard let rules = rules(of: row, element) else { return }
    checkJSONType(row, rules, element)
    let known = row.when == nil ? facts.texts : possible(facts.texts, expression, element)
    var facts = facts
    facts.texts = known
    if facts.isOpen, case .codes? = row.conversion {
      // Whatever is read, a table gives nothing but its own codes.
      facts.texts = nil
      facts.isOpen = false
    }
    guard facts.kind != .unknown || row.conversion != nil, !facts.isOpen else {
      return note(
        row, element,
        Sentence("what ‘\(expression.text)’ gives is not known", "không biết ‘\(expression.text)’ cho ra gì"))
    }
    guard let converted = convert(facts, row, element) else { return }
    compare(converted, rules, row, element)
  }

  /// The texts that the row's condition lets through.
  private func possible(
    _ texts: [String]?, _ expression: MappingDefinition.Expression, _ element: Int,
  ) -> [String]? {
    guard let texts, let term = try? shelf.term(expression.text) else { return texts }
    let own = written[element]
    return texts.filter { text in
      var table = ConditionTable(sources[own.context.source], at: own.context)
      return !table.isNever(own.whens + [.operation(.equal, term, .literal(text))])
    }
  }

  private mutating func note(_ row: MappingRow, _ element: Int, _ reason: Sentence) {
    report(
      .note, .notProved, at: row.position,
      Sentence(
        "\(reason), so ‘\(path(of: element))’ is not checked",
        "\(reason.vietnamese) nên ‘\(path(of: element))’ không được kiểm tra"),
      path: path(of: element))
  }

  private mutating func checkJSONType(_ row: MappingRow, _ rules: ValueRules, _ element: Int) {
    guard targets[written[element].target].shape.format == .json, !rules.jsonTypes.isEmpty else {
      return
    }
    let takes =
      rules.jsonTypes.contains(row.type.rawValue)
      || row.type == .number && rules.jsonTypes.contains("integer")
    guard !takes else { return }
    let wanted = rules.jsonTypes.filter { $0 != "null" }
    report(
      .error, .jsonTypeClash, at: row.position,
      Sentence(
        "the row writes a \(row.type.rawValue), and ‘\(path(of: element))’ wants \(wanted.joined(separator: " or "))",
        "dòng này ghi \(row.type.rawValue), còn ‘\(path(of: element))’ cần \(wanted.joined(separator: " hoặc "))"),
      remedy: wanted.first.map { word in
        let type = word == "integer" ? "number" : word
        return Sentence("write type: \(type)", "hãy viết type: \(type)")
      } ?? .none,
      path: path(of: element))
  }

  // MARK: Comparing

  private mutating func compare(
    _ text: ConvertedText, _ rules: ValueRules, _ row: MappingRow, _ element: Int
  ) {
    if let texts = text.texts {
      for text in texts where row.cut == nil || text.unicodeScalars.count <= row.cut ?? .max {
        guard let clash = rules.clash(with: text) else { continue }
        report(
          .error, clash.rule, at: row.position,
          Sentence(
            "the row can write ‘\(text)’, which ‘\(path(of: element))’ does not allow",
            "dòng này có thể ghi ‘\(text)’, mà ‘\(path(of: element))’ không cho phép"),
          remedy: row.conversion == nil
            ? Sentence("add a conversion, or a condition", "hãy thêm phép chuyển đổi, hoặc điều kiện")
            : rules.expectation,
          path: path(of: element),
          code: text)
      }
      return
    }
    guard !text.rules.isEmpty else {
      if rules.enumeration != nil || !rules.isText {
        note(row, element, Sentence("the text is computed", "văn bản này là kết quả tính toán"))
      } else {
        checkLength(nil, 0, rules, row, element)
      }
      return
    }
    for source in text.rules where source.kind != .any { compare(source, rules, row, element) }
  }

  private mutating func compare(
    _ source: ValueRules, _ rules: ValueRules, _ row: MappingRow, _ element: Int
  ) {
    let path = path(of: element)
    if rules.enumeration != nil {
      report(
        .error, .enumerationClash, at: row.position,
        Sentence(
          "nothing keeps the text within the values that ‘\(path)’ allows",
          "không có gì giữ cho văn bản nằm trong các giá trị mà ‘\(path)’ cho phép"),
        remedy: Sentence(
          "add ‘codes’, or name the values in the source schema",
          "hãy thêm ‘codes’, hoặc liệt kê các giá trị trong lược đồ nguồn"),
        path: path)
    } else if !rules.takesTypes(of: source) {
      report(
        .error, .typeClash, at: row.position,
        Sentence(
          "the source is \(source.kind.phrase), and ‘\(path)’ wants \(rules.kind.phrase)",
          "nguồn là \(source.kind.phrase.vietnamese), còn ‘\(path)’ cần \(rules.kind.phrase.vietnamese)"),
        remedy: rules.conversionHint, path: path)
    } else if source.isText, rules.isText {
      checkLength(source.maxLength, source.minLength ?? 0, rules, row, element)
    }
  }

  private mutating func checkLength(
    _ longest: Int?, _ shortest: Int, _ rules: ValueRules, _ row: MappingRow, _ element: Int,
  ) {
    let path = path(of: element)
    if let most = rules.maxLength, row.cut.map({ $0 > most }) ?? true,
      longest.map({ $0 > most }) ?? true
    {
      let cut = row.cut.map { Sentence("‘cut’ leaves \($0)", "‘cut’ để lại \($0)") }
      let found =
        cut ?? longest.map { Sentence("the source has up to \($0)", "nguồn có tới \($0)") }
        ?? Sentence("the source has no limit", "nguồn không giới hạn")
      report(
        longest == nil && row.cut == nil ? .warning : .error, .lengthClash, at: row.position,
        Sentence(
          "‘\(path)’ takes at most \(most) characters, and \(found)",
          "‘\(path)’ nhận nhiều nhất \(most) ký tự, còn \(found.vietnamese)"),
        remedy: Sentence("write cut: \(most)", "hãy viết cut: \(most)"),
        path: path)
    }
    if let least = rules.minLength, least > 1, shortest < least {
      report(
        .warning, .lengthClash, at: row.position,
        Sentence(
          "‘\(path)’ takes at least \(least) characters, and the source may have fewer",
          "‘\(path)’ cần ít nhất \(least) ký tự, còn nguồn có thể có ít hơn"), path: path)
    }
  }
}

extension ValueRules {
  /// What a text must be, as a remedy.
  var expectation: Sentence {
    if let enumeration {
      let list = enumeration.prefix(12).map { "‘\($0)’" }.joined(separator: ", ")
      return Sentence("write one of \(list)", "hãy viết một trong \(list)")
    }
    return Sentence("write \(kind.phrase)", "hãy viết \(kind.phrase.vietnamese)")
  }

  fileprivate var conversionHint: Sentence {
    switch kind {
    case .integer: Sentence("add number: integer", "hãy thêm number: integer")
    case .decimal, .double: Sentence("add number: decimal", "hãy thêm number: decimal")
    case .boolean: Sentence("add ‘boolean’", "hãy thêm ‘boolean’")
    case .date, .dateTime, .time: Sentence("add ‘time’", "hãy thêm ‘time’")
    default: Sentence("convert the text", "hãy chuyển đổi văn bản")
    }
  }
}

extension ValueRules.Kind {
  fileprivate var phrase: Sentence {
    switch self {
    case .string, .any: Sentence("a text", "một chuỗi")
    case .integer: Sentence("a whole number", "một số nguyên")
    case .decimal: Sentence("a decimal number", "một số thập phân")
    case .double: Sentence("a number", "một số")
    case .boolean: Sentence("true or false", "true hoặc false")
    case .date: Sentence("a date", "một ngày")
    case .time: Sentence("a time of day", "một giờ trong ngày")
    case .dateTime: Sentence("a date with time", "một ngày giờ")
    case .base64: Sentence(same: "base64")
    case .uri: Sentence("an address", "một địa chỉ")
    case .null: Sentence(same: "null")
    }
  }
}
