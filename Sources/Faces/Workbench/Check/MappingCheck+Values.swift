import DocumentKit
import Translation
import XMLKit

extension MappingCheck {
  private typealias Clash = (kind: ValueClash, message: String, remedy: String)

  /// The rules of the place a row writes; nil where the schema is open or the place holds no text.
  private mutating func rules(of row: MappingRow, _ element: Int) -> ValueRules? {
    guard let node = written[element].node else { return nil }
    let tree = targets[written[element].target]
    if let rules = tree[node].value { return rules }
    guard !tree.isOpen(node) else { return nil }
    report(
      .error, .typeClash, at: row.position,
      "‘\(path(of: element))’ of the target holds elements and no text",
      remedy: "write ‘rows’ in place of ‘from’ or ‘value’", path: path(of: element))
    return nil
  }

  /// A text that stands in the mapping itself.
  mutating func checkConstant(_ text: String, _ key: String, _ row: MappingRow, _ element: Int) {
    guard let rules = rules(of: row, element) else { return }
    checkJSONType(row, rules, element)
    guard let clash = rules.clash(with: text) else { return }
    report(
      .error, clash.rule, at: row.position,
      "‘\(key)’ writes ‘\(text)’, which ‘\(path(of: element))’ does not allow",
      remedy: rules.expectation, path: path(of: element))
  }

  /// `empty: keep` needs a place that may be empty.
  mutating func checkEmpty(_ row: MappingRow, _ element: Int) {
    guard let rules = rules(of: row, element), let clash = rules.clash(with: "") else { return }
    report(
      .error, clash.rule, at: row.position,
      "‘empty: keep’ writes an empty text, which ‘\(path(of: element))’ does not allow",
      remedy: "drop it, or write a default", path: path(of: element))
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
      return note(row, element, "what ‘\(expression.text)’ gives is not known")
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

  private mutating func note(_ row: MappingRow, _ element: Int, _ reason: String) {
    report(
      .note, .notProved, at: row.position, "\(reason), so ‘\(path(of: element))’ is not checked",
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
      "the row writes a \(row.type.rawValue), and ‘\(path(of: element))’ wants \(wanted.joined(separator: " or "))",
      remedy: wanted.first.map { "write type: \($0 == "integer" ? "number" : $0)" } ?? "",
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
          "the row can write ‘\(text)’, which ‘\(path(of: element))’ does not allow",
          remedy: row.conversion == nil ? "add a conversion, or a condition" : rules.expectation,
          path: path(of: element),
          code: text)
      }
      return
    }
    guard !text.rules.isEmpty else {
      if rules.enumeration != nil || !rules.isText {
        note(row, element, "the text is computed")
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
        "nothing keeps the text within the values that ‘\(path)’ allows",
        remedy: "add ‘codes’, or name the values in the source schema",
        path: path)
    } else if !rules.takesTypes(of: source) {
      report(
        .error, .typeClash, at: row.position,
        "the source is \(source.kind.phrase), and ‘\(path)’ wants \(rules.kind.phrase)",
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
      let cut = row.cut.map { "‘cut’ leaves \($0)" }
      let found = cut ?? longest.map { "the source has up to \($0)" } ?? "the source has no limit"
      report(
        longest == nil && row.cut == nil ? .warning : .error, .lengthClash, at: row.position,
        "‘\(path)’ takes at most \(most) characters, and \(found)", remedy: "write cut: \(most)",
        path: path)
    }
    if let least = rules.minLength, least > 1, shortest < least {
      report(
        .warning, .lengthClash, at: row.position,
        "‘\(path)’ takes at least \(least) characters, and the source may have fewer", path: path)
    }
  }
}

extension ValueRules {
  /// What a text must be, as a remedy.
  var expectation: String {
    if let enumeration {
      return "write one of " + enumeration.prefix(12).map { "‘\($0)’" }.joined(separator: ", ")
    }
    return "write \(kind.phrase)"
  }

  fileprivate var conversionHint: String {
    switch kind {
    case .integer: "add number: integer"
    case .decimal, .double: "add number: decimal"
    case .boolean: "add ‘boolean’"
    case .date, .dateTime, .time: "add ‘time’"
    default: "convert the text"
    }
  }
}

extension ValueRules.Kind {
  fileprivate var phrase: String {
    switch self {
    case .string, .any: "a text"
    case .integer: "a whole number"
    case .decimal: "a decimal number"
    case .double: "a number"
    case .boolean: "true or false"
    case .date: "a date"
    case .time: "a time of day"
    case .dateTime: "a date with time"
    case .base64: "base64"
    case .uri: "an address"
    case .null: "null"
    }
  }
}
