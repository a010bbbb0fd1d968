package import DocumentKit
import JSONKit

/// Rules and cardinalities in a few words.
package enum SchemaRulesText {
  /// `1`, `0..1`, `1..n`, `2..5`.
  package static func text(_ occurs: SchemaShape.Occurs) -> String {
    guard let maximum = occurs.maximum else { return "\(occurs.minimum)..n" }
    return maximum == occurs.minimum ? "\(maximum)" : "\(occurs.minimum)..\(maximum)"
  }

  /// How often a leaf occurs in a document: the product along its path, 0 at least where a step may be absent.
  package static func occurs(of leaf: SchemaLeaf) -> SchemaShape.Occurs {
    leaf.steps.reduce(.once) { around, step in
      step.occurs.inside(around).inside(step.isAlternative ? .optional : .once)
    }
  }

  /// Facets in the words of schemas: `minLength 1, pattern \S+`; the enumeration is not among them.
  package static func facets(_ rules: ValueRules) -> [String] {
    var facets: [String] = []
    if let text = rules.fixed { facets.append("fixed \(text)") }
    if let text = rules.defaultText { facets.append("default \(text)") }
    if let length = rules.minLength { facets.append("minLength \(length)") }
    if let length = rules.maxLength { facets.append("maxLength \(length)") }
    if let bound = rules.minimum { facets.append("\(bound.isExclusive ? ">" : ">=") \(bound.text)") }
    if let bound = rules.maximum { facets.append("\(bound.isExclusive ? "<" : "<=") \(bound.text)") }
    if let digits = rules.totalDigits { facets.append("totalDigits \(digits)") }
    if let digits = rules.fractionDigits, rules.kind != .integer { facets.append("fractionDigits \(digits)") }
    if let text = rules.multipleOf { facets.append("multipleOf \(text)") }
    if let text = rules.format { facets.append("format \(text)") }
    return facets + rules.patterns.map { "pattern \($0)" }
  }

  /// The name of the type, with its kind where the name does not say it.
  package static func type(_ rules: ValueRules) -> String {
    let name = rules.typeName.isEmpty ? rules.kind.rawValue : rules.typeName
    if rules.kind == .any { return name }
    let types = rules.jsonTypes.isEmpty ? rules.builtIn : rules.jsonTypes.joined(separator: "|")
    return types.isEmpty || types == name || types == name.filter({ $0 != " " }) ? name : "\(name) (\(types))"
  }

  /// The members `type`, `kind`, `enumeration` (left out if there is none) and `facets` of an object.
  static func write(_ rules: ValueRules, to writer: inout JSONWriter) {
    writer.member("type", type(rules))
    writer.member("kind", rules.kind.rawValue)
    if let enumeration = rules.enumeration { writer.member("enumeration", enumeration) }
    writer.member("facets", facets(rules))
  }

  /// The members `minimum` and `maximum`, which is null where there is no bound.
  static func write(_ occurs: SchemaShape.Occurs, to writer: inout JSONWriter) {
    writer.member("minimum", occurs.minimum)
    writer.member("maximum", occurs.maximum)
  }
}
