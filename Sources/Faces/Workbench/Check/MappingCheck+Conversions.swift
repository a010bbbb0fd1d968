import DocumentKit
import Translation

extension MappingCheck {
  /// What the row's conversion makes of the text; nil after a complaint about the text that goes in.
  mutating func convert(_ facts: ExpressionFacts, _ row: MappingRow, _ element: Int)
    -> ConvertedText?
  {
    let rules = facts.rules
    switch row.conversion {
    case nil:
      guard row.type == .number else {
        return ConvertedText(rules: rules, texts: facts.texts)
      }
      return number(.decimal, facts, row, element)
    case .number(let format): return number(format, facts, row, element)
    case .time(let inward, let outward): return time(inward, outward, facts, row, element)
    case .boolean(let inward, let outward): return boolean(inward, outward, facts, row, element)
    case .base64(.encode): return ConvertedText(rules: [ValueRules(.base64)])
    case .base64(.decode):
      guard takes([.base64, .string, .any], Sentence(same: "base64"), facts, row, element) else { return nil }
      return ConvertedText(rules: [ValueRules(.string)])
    case .part: return ConvertedText(rules: facts.rules.map(\.partial))
    case .file(let form): return file(form, facts, row, element)
    case .codes(let inward, let outward): return codes(inward, outward, facts, row, element)
    }
  }

  /// What becomes of a file: only a claim reads Base64, everything else reads the reference that a claim wrote.
  private mutating func file(
    _ form: FileForm, _ facts: ExpressionFacts, _ row: MappingRow, _ element: Int,
  ) -> ConvertedText? {
    switch form {
    case .claim:
      guard takes([.base64, .string, .any], Sentence(same: "base64"), facts, row, element) else { return nil }
      return ConvertedText(rules: [ValueRules(.uri)])
    case .fetch:
      guard takes([.uri, .string, .any], Sentence("an address", "một địa chỉ"), facts, row, element) else { return nil }
      return ConvertedText(rules: [ValueRules(.uri)])
    case .inline: return ConvertedText(rules: [ValueRules(.base64)])
    case .url: return ConvertedText(rules: [ValueRules(.uri)])
    case .upload, .uploadHash: return ConvertedText(rules: [ValueRules(.string)])
    }
  }

  private mutating func number(
    _ format: NumberFormat, _ facts: ExpressionFacts, _ row: MappingRow, _ element: Int,
  ) -> ConvertedText? {
    if let texts = facts.texts {
      return listed(
        texts, row, element, Sentence("is no \(format.rawValue) number", "không phải là số \(format.rawValue)")
      ) {
        format.normalised($0)
      }
    }
    let isNumber: Set<ValueRules.Kind> = [.integer, .decimal, .double, .string, .any]
    guard takes(isNumber, Sentence("a number", "một số"), facts, row, element) else { return nil }
    let isWhole =
      format == .integer || !facts.rules.isEmpty && facts.rules.allSatisfy { $0.kind == .integer }
    return ConvertedText(rules: [ValueRules(isWhole ? .integer : .decimal)])
  }

  private mutating func time(
    _ inward: TimeFormat, _ outward: TimeFormat, _ facts: ExpressionFacts, _ row: MappingRow,
    _ element: Int,
  ) -> ConvertedText? {
    if let texts = facts.texts {
      return listed(
        texts, row, element,
        Sentence("is no time in the form \(inward.name)", "không phải là thời gian theo dạng \(inward.name)")
      ) {
        inward.convert($0, to: outward)
      }
    }
    let kind = inward.kind
    guard
      takes([kind, .string, .any], Sentence("in the form \(inward.name)", "dạng \(inward.name)"), facts, row, element)
    else {
      return nil
    }
    var result = ValueRules(outward.kind)
    if result.kind == .string {
      result.minLength = outward.name.unicodeScalars.count
      result.maxLength = result.minLength
    }
    return ConvertedText(rules: [result])
  }

  private mutating func boolean(
    _ inward: BooleanFormat, _ outward: BooleanFormat, _ facts: ExpressionFacts, _ row: MappingRow,
    _ element: Int,
  ) -> ConvertedText? {
    let words = Sentence(
      "is neither ‘\(inward.trueText)’ nor ‘\(inward.falseText)’",
      "không phải là ‘\(inward.trueText)’ hay ‘\(inward.falseText)’")
    if let texts = facts.texts {
      return listed(texts, row, element, words) { inward.read($0).map(outward.write) }
    }
    guard
      takes(
        [.boolean, .string, .integer, .any],
        Sentence("‘\(inward.trueText)’ or ‘\(inward.falseText)’", "‘\(inward.trueText)’ hoặc ‘\(inward.falseText)’"),
        facts,
        row, element)
    else { return nil }
    return ConvertedText(rules: [], texts: [outward.trueText, outward.falseText])
  }

  /// Converts every text there can be; one that cannot be converted would refuse its document.
  private mutating func listed(
    _ texts: [String], _ row: MappingRow, _ element: Int, _ complaint: Sentence,
    _ convert: (String) -> String?,
  ) -> ConvertedText? {
    var results: [String] = []
    for text in texts {
      if let result = convert(text) {
        if !results.contains(result) { results.append(result) }
      } else {
        report(
          .error, .typeClash, at: row.position,
          Sentence(
            "the source of ‘\(row.target)’ can be ‘\(text)’, which \(complaint)",
            "nguồn của ‘\(row.target)’ có thể là ‘\(text)’, \(complaint.vietnamese)"),
          remedy: Sentence("correct the conversion", "hãy sửa phép chuyển đổi"), path: path(of: element), code: text)
      }
    }
    return ConvertedText(rules: [], texts: results)
  }

  /// Whether the conversion can read what the source schema allows, as far as types go.
  private mutating func takes(
    _ kinds: Set<ValueRules.Kind>, _ wanted: Sentence, _ facts: ExpressionFacts, _ row: MappingRow,
    _ element: Int,
  ) -> Bool {
    let all = facts.rules.flatMap { $0.alternatives.isEmpty ? [$0] : $0.alternatives }
    guard !all.isEmpty, !all.contains(where: { kinds.contains($0.kind) }), let wrong = all.first
    else { return true }
    report(
      .error, .typeClash, at: row.position,
      Sentence(
        "the source of ‘\(row.target)’ is \(wrong.typeName.isEmpty ? wrong.kind.rawValue : wrong.typeName), and the conversion reads \(wanted)",
        "nguồn của ‘\(row.target)’ là \(wrong.typeName.isEmpty ? wrong.kind.rawValue : wrong.typeName), còn phép chuyển đổi đọc \(wanted.vietnamese)"
      ),
      remedy: Sentence("correct the conversion", "hãy sửa phép chuyển đổi"), path: path(of: element))
    return false
  }
}

extension ValueRules {
  /// The rules of a part of the text: it is not longer, and nothing else is known.
  fileprivate var partial: ValueRules {
    var rules = ValueRules(.string)
    rules.maxLength = maxLength
    return rules
  }
}

extension TimeFormat {
  /// The type of XML Schema whose texts are in this form.
  fileprivate var kind: ValueRules.Kind {
    switch name {
    case "iso": .dateTime
    case "yyyy-MM-dd": .date
    case "epochMilliseconds": .integer
    default: .string
    }
  }
}
