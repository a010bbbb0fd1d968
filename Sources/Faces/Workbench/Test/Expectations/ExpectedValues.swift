import DocumentKit
import JSONKit
import ServiceKit
import Translation

/// What a row can read, and what of it the target allows, as functions of a text.
struct ExpectedValues {
  private typealias Convert = (String) -> String?

  let codes: CodeTableRegistry
  /// Texts for the rules of the target; its chance is set anew each time.
  private let texts = SampleTexts(
    chance: SeededGenerator(seed: 0), limits: .standard, cache: SamplePatternCache())

  init(codes: CodeTableRegistry) { self.codes = codes }

  /// Fills in what the row, which writes a place of these rules, expects of the text it reads.
  func describe(
    _ reading: inout SourceExpectations.Reading, _ row: MappingRow, _ rules: ValueRules?, isJSON: Bool,
  ) {
    let convert = result(of: row)
    let texts = texts
    reading.canRead = { text in text.trimmedForRow.isEmpty || convert(text.trimmedForRow) != nil }
    reading.supply = supply(row)
    guard let rules else { return }
    let isPlain = row.conversion == nil && row.type != .boolean
    let dialect: SamplePattern.Dialect = isJSON ? .ecma : .xsd
    let cut = row.cut
    reading.isAllowed = { text in
      guard let written = isPlain ? text : convert(text.trimmedForRow) else { return false }
      return texts.allows(cut.map { String(written.prefix($0)) } ?? written, rules, dialect)
    }
    if row.conversion == nil || reading.supply == nil {
      reading.targetSupply = self.texts(of: rules, isJSON: isJSON)
    }
  }

  // MARK: Reading

  /// What the row makes of a text, if it looks as the row wants it.
  private func result(of row: MappingRow) -> Convert {
    let convert = converter(of: row)
    guard let pattern = row.pattern else { return convert }
    return { text in convert(text).flatMap { pattern.isFound(in: $0) ? $0 : nil } }
  }

  private func converter(of row: MappingRow) -> Convert {
    switch row.conversion {
    case nil:
      switch row.type {
      case .string: return { $0 }
      case .number: return { NumberFormat.decimal.normalised($0) }
      case .boolean: return { $0 == "true" || $0 == "false" ? $0 : nil }
      }
    case .time(let inward, let outward): return { inward.convert($0, to: outward) }
    case .number(let format): return { format.normalised($0) }
    case .boolean(let inward, let outward): return { text in inward.read(text).map(outward.write) }
    case .base64(let step): return { step.convert($0) }
    case .part(let part): return { part.part(of: $0) }
    // What becomes of a file depends on where it is kept.
    case .file: return { $0 }
    case .codes(let inward, let outward): return { answer(inward, outward, to: $0) }
    }
  }

  /// The code that the tables give; where columns or days decide, that of any of them.
  private func answer(
    _ inward: MappingRow.TableReference?, _ outward: MappingRow.TableReference?, to code: String,
  ) -> String? {
    var code = code
    for (reference, direction) in [(inward, CodeTable.Direction.in), (outward, .out)] {
      guard let table = reference.flatMap({ codes[$0.name] }) else { continue }
      let row = table.rows.first { $0.applies(direction) && $0.question(direction) == code }
      if let row {
        code = row.answer(direction)
      } else if case .substitute(let substitute, _) = table.unmapped(direction) {
        code = substitute
      } else {
        return nil
      }
    }
    return code
  }

  // MARK: Supplies

  private func supply(_ row: MappingRow) -> SampleHints.Supply? {
    switch row.conversion {
    case nil:
      switch row.type {
      case .string: return row.pattern.map { texts(like: $0) }
      case .number: return Self.numbers
      case .boolean: return Self.choice(["true", "false"])
      }
    case .time(let format, _): return Self.times(format)
    case .number: return Self.numbers
    case .boolean(let format, _): return Self.choice([format.trueText, format.falseText])
    case .base64(.decode): return { chance in Base64Step.encode.convert(SampleWords.text(1...5, &chance)) }
    case .base64(.encode), .part: return nil
    case .file: return { chance in Base64Step.encode.convert(SampleWords.text(1...5, &chance)) }
    case .codes(let inward, let outward):
      let first = inward.map { ($0, CodeTable.Direction.in) } ?? outward.map { ($0, .out) }
      guard let (reference, direction) = first, let table = codes[reference.name] else { return nil }
      return Self.choice(table.rows.filter { $0.applies(direction) }.map { $0.question(direction) })
    }
  }

  private func texts(like pattern: TextPattern) -> SampleHints.Supply {
    var rules = ValueRules(.string, jsonTypes: ["string"])
    rules.patterns = [pattern.source]
    return texts(of: rules, isJSON: true)
  }

  private func texts(of rules: ValueRules, isJSON: Bool) -> SampleHints.Supply {
    let texts = texts
    return { chance in
      var own = texts
      own.chance = chance
      defer { chance = own.chance }
      return (try? own.scalar(rules, isJSON: isJSON))?.text
    }
  }

  static func choice(_ texts: [String]) -> SampleHints.Supply {
    { chance in chance.element(of: texts) }
  }

  private static func numbers(_ chance: inout SeededGenerator) -> String? { "\(chance.number(in: 1...9_999))" }

  /// Moments of these years, which partners' documents are of.
  private static func times(_ format: TimeFormat) -> SampleHints.Supply {
    { chance in
      let milliseconds = chance.number(in: 1_704_042_000...1_861_808_400) * 1_000
      return TimeFormat.epochMilliseconds.convert("\(milliseconds)", to: format)
    }
  }
}

extension String {
  /// Without white space around it, as conversions read it.
  fileprivate var trimmedForRow: String {
    let isSpace: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    guard let first = unicodeScalars.first, let last = unicodeScalars.last, isSpace(first) || isSpace(last) else {
      return self
    }
    let inner = unicodeScalars.drop(while: isSpace)
    return String(Substring(inner).reversed().drop { $0.unicodeScalars.allSatisfy(isSpace) }.reversed())
  }
}

extension CodeTable.Row {
  /// The code that is asked for in this direction.
  func question(_ direction: CodeTable.Direction) -> String { direction == .in ? foreign : canonical }
  /// What the row answers.
  func answer(_ direction: CodeTable.Direction) -> String { direction == .in ? canonical : foreign }
}
