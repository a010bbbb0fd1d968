import DocumentKit
import ServiceKit

/// Makes texts that obey rules, by chance from a seed.
struct SampleTexts {
  var chance: SeededGenerator
  let limits: SampleLimits
  /// Counts identifiers, which must differ.
  var identifiers = 0

  let cache: SamplePatternCache

  init(chance: SeededGenerator, limits: SampleLimits, cache: SamplePatternCache) {
    self.chance = chance
    self.limits = limits
    self.cache = cache
  }

  /// A text with its JSON type, or untagged for XML.
  mutating func scalar(_ rules: ValueRules, isJSON: Bool) throws(SampleError) -> SampleScalar {
    guard isJSON else { return SampleScalar(kind: .untagged, text: try text(rules, isJSON: false)) }
    // Half of the texts obey a rule that holds only sometimes, so that conditions meet both.
    if !rules.variants.isEmpty, chance.happens(0.5), let variant = chance.element(of: rules.variants) {
      return try scalar(variant, isJSON: true)
    }
    if let values = rules.jsonValues {
      guard let literal = chance.element(of: values) else {
        throw SampleError(.text, "No value is left that all its rules allow.")
      }
      return Self.scalar(literal)
    }
    if !rules.alternatives.isEmpty, let one = chance.element(of: rules.alternatives) {
      return try scalar(one, isJSON: true)
    }
    let types = rules.jsonTypes.filter { $0 != "null" }
    switch chance.element(of: types) ?? "string" {
    case "integer":
      var integers = rules
      integers.kind = .integer
      return SampleScalar(kind: .number, text: try number(integers))
    case "number": return SampleScalar(kind: .number, text: try number(rules))
    case "boolean": return SampleScalar(kind: .boolean, text: chance.happens(0.5) ? "true" : "false")
    default:
      var strings = rules
      if [.integer, .decimal, .boolean, .null].contains(rules.kind) { strings.kind = .string }
      return SampleScalar(kind: .string, text: try text(strings, isJSON: true))
    }
  }

  /// The scalar that a JSON literal stands for.
  static func scalar(_ literal: String) -> SampleScalar {
    guard let value = (try? JSONLiteral.value(literal)) else { return SampleScalar(kind: .string, text: literal) }
    return value
  }

  mutating func text(_ rules: ValueRules, isJSON: Bool) throws(SampleError) -> String {
    if let fixed = rules.fixed { return fixed }
    if let enumeration = rules.enumeration {
      guard let text = chance.element(of: enumeration) else {
        throw SampleError(.text, "No value is left that all its rules allow.")
      }
      return text
    }
    if !rules.alternatives.isEmpty, let one = chance.element(of: rules.alternatives) {
      return try text(one, isJSON: isJSON)
    }
    if let item = rules.listItem.first {
      let least = rules.minLength ?? 1
      let count = chance.number(in: least...max(least, min(rules.maxLength ?? .max, least + 2)))
      var parts: [String] = []
      for _ in 0..<count { parts.append(try text(item, isJSON: isJSON)) }
      return parts.joined(separator: " ")
    }
    return try sized(rules, isJSON: isJSON, .any)
  }

  /// A text for rules without enumeration, of a size.
  mutating func sized(
    _ rules: ValueRules, isJSON: Bool, _ size: SamplePattern.Size,
  ) throws(SampleError) -> String {
    var patterns: [SamplePattern] = []
    for source in rules.patterns {
      do throws(SampleError) {
        patterns.append(try cache.pattern(source, isJSON ? .ecma : .xsd))
      } catch {
        guard let example = chance.element(of: rules.examples) else { throw error }
        return example
      }
    }
    if let moment = moment(rules, patterns), fits(moment, rules, isJSON: isJSON) { return moment }
    patterns.sort { Self.weight($0) > Self.weight($1) }
    for attempt in 0..<limits.texts {
      let candidate: String
      if !patterns.isEmpty, isText(rules) {
        guard let made = try fitted(patterns[attempt % patterns.count], rules, size, isJSON: isJSON) else { continue }
        candidate = made
      } else {
        candidate = try plain(rules, isJSON: isJSON, size)
      }
      if patterns.allSatisfy({ $0.matches(candidate) }), fits(candidate, rules, isJSON: isJSON) { return candidate }
    }
    if let example = chance.element(of: rules.examples) { return example }
    throw SampleError(
      .text, "No text of \(limits.texts) obeyed its rules (\(rules.typeName)); give the schema `examples` for it.")
  }

  /// A moment, if that is what the patterns mean: made by chance from them it could be a day that is not there.
  private mutating func moment(_ rules: ValueRules, _ patterns: [SamplePattern]) -> String? {
    guard !patterns.isEmpty, [.string, .dateTime].contains(rules.kind) else { return nil }
    let all = spellings()
    let meant = cache.meant(rules.patterns) {
      all.indices.filter { index in patterns.allSatisfy { Self.isMeant(all[index], by: $0) } }
    }
    guard let text = chance.element(of: meant).map({ all[$0] }) else { return nil }
    return patterns.allSatisfy { $0.matches(text) } ? text : nil
  }

  private func isText(_ rules: ValueRules) -> Bool {
    [.string, .uri, .any].contains(rules.kind) || rules.format != nil && rules.kind != .integer
  }

  /// A pattern bound at both ends says more than one that may match anywhere.
  private static func weight(_ pattern: SamplePattern) -> Int {
    guard case .sequence(let nodes) = pattern.root, case .start? = nodes.first, case .end? = nodes.last else {
      return pattern.dialect == .xsd ? 1 : 0
    }
    return 2 + nodes.count
  }

  private mutating func fitted(
    _ pattern: SamplePattern, _ rules: ValueRules, _ size: SamplePattern.Size, isJSON: Bool,
  ) throws(SampleError) -> String? {
    let most = min(rules.maxLength ?? limits.atLimit, limits.atLimit)
    let wanted: SamplePattern.Size =
      switch size {
      case .longest(let limit): .longest(atMost: min(limit, most))
      default: size
      }
    guard var text = pattern.text(wanted, &chance) else { return nil }
    // A pattern that may match anywhere leaves room for words around it.
    if Self.weight(pattern) == 0 {
      switch size {
      case .any:
        let words = SampleWords.text(1...6, &chance)
        if pattern.matches(words) { text = words }
      case .shortest: break
      case .longest(let limit): text = SampleWords.exactly(min(limit, most), &chance)
      }
    }
    let missing = (rules.minLength ?? 0) - text.unicodeScalars.count
    if missing > 0 { return pattern.text(.longest(atMost: rules.minLength ?? 0), &chance) }
    return text
  }

  /// Length and white space; what else is wrong the schema says.
  private func fits(_ text: String, _ rules: ValueRules, isJSON: Bool) -> Bool {
    guard rules.kind != .base64 || isJSON else { return true }
    let count = text.unicodeScalars.count
    return count >= rules.minLength ?? 0 && count <= rules.maxLength ?? .max
  }
}
