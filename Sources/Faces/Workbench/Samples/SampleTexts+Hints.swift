import DocumentKit
import ServiceKit
import Translation

extension SampleTexts {
  /// A text that is wanted and that the rules allow; nil if none was found.
  mutating func scalar(_ rules: ValueRules, isJSON: Bool, by hint: SampleHints.Texts?) -> SampleScalar? {
    guard let hint else { return nil }
    for attempt in 0..<limits.wishes {
      let scalar: SampleScalar?
      if let supply = chance.element(of: hint.supplies), attempt < limits.wishes / 2 {
        scalar = supply(&chance).flatMap { self.scalar($0, obeying: rules, isJSON: isJSON) }
      } else {
        // What the schema gives by itself may do as well.
        scalar = try? self.scalar(rules, isJSON: isJSON)
      }
      if let scalar, scalar.kind != .null, hint.accepts(scalar.text) { return scalar }
    }
    return nil
  }

  /// A given text with the type it has under the rules; nil if they do not allow it.
  func scalar(_ text: String, obeying rules: ValueRules, isJSON: Bool) -> SampleScalar? {
    guard isJSON else { return allows(text, rules, .xsd) ? SampleScalar(kind: .untagged, text: text) : nil }
    if let values = rules.jsonValues {
      return values.lazy.map(Self.scalar).first { $0.text == text && $0.kind != .null }
    }
    if !rules.alternatives.isEmpty {
      return rules.alternatives.lazy.compactMap { self.scalar(text, obeying: $0, isJSON: true) }.first
    }
    for type in rules.jsonTypes {
      var own = rules
      switch type {
      case "string":
        if [.integer, .decimal, .double, .boolean, .null].contains(rules.kind) { own.kind = .string }
        if allows(text, own, .ecma) { return SampleScalar(kind: .string, text: text) }
      case "integer", "number":
        own.kind = type == "integer" ? .integer : .decimal
        guard NumberFormat.decimal.normalised(text) == text, allows(text, own, .ecma) else { continue }
        return SampleScalar(kind: .number, text: text)
      case "boolean" where text == "true" || text == "false": return SampleScalar(kind: .boolean, text: text)
      default: continue
      }
    }
    return rules.jsonTypes.isEmpty && allows(text, rules, .ecma) ? SampleScalar(kind: .string, text: text) : nil
  }

  /// Whether the rules allow the text, as far as they can be seen without the schema's validator.
  func allows(_ text: String, _ rules: ValueRules, _ dialect: SamplePattern.Dialect) -> Bool {
    if !rules.alternatives.isEmpty { return rules.alternatives.contains { allows(text, $0, dialect) } }
    guard rules.clash(with: text) == nil else { return false }
    // A pattern that cannot be read here is left to the schema.
    return rules.patterns.allSatisfy { (try? cache.pattern($0, dialect))?.matches(text) ?? true }
  }
}
