import DocumentKit

@testable import Workbench

/// A text of a sample that is to be broken: that of an element or member, or of an attribute.
struct BreakableText {
  let declaration: SchemaShape.Place.ID
  /// Where it is one of an attribute.
  let isAttribute: Bool
  let rules: ValueRules
  let kind: NodeTag.Kind
  let text: String
  /// The way to its element.
  let way: [Int]
  /// Where findings about it may stand.
  let paths: Set<String>

  /// Writes another text in its place.
  func replace(in node: inout SampleNode, by text: String, _ kind: NodeTag.Kind? = nil) {
    guard isAttribute else {
      (node.kind, node.text) = (kind ?? self.kind, text)
      if kind != nil { node.parts = [] }
      return
    }
    for index in node.attributes.indices where node.attributes[index].place == declaration {
      node.attributes[index].text = text
    }
  }
}

extension ValueRules {
  /// Whether no text of this type is `text`, as far as can be told without a validator.
  func surelyRefuses(_ text: String, isJSON: Bool) -> Bool {
    if !alternatives.isEmpty { return alternatives.allSatisfy { $0.surelyRefuses(text, isJSON: isJSON) } }
    if let enumeration { return !enumeration.contains(text) }
    let count = text.unicodeScalars.count
    if kind == .string, listItem.isEmpty, count < minLength ?? 0 || count > maxLength ?? .max { return true }
    for source in patterns {
      if let pattern = try? SamplePattern(source, isJSON ? .ecma : .xsd), !pattern.matches(text) { return true }
    }
    switch kind {
    case .any, .uri: return false
    case .string: return !takesEveryText && text.contains("\u{A7}")
    case .integer, .decimal, .double, .boolean, .date, .time, .dateTime, .base64, .null: return text.contains("\u{A7}")
    }
  }

  /// Whether the built-in type says nothing of the text, as `xs:string` and unlike `xs:NMTOKEN`.
  var takesEveryText: Bool {
    switch kind {
    case .string: ["", "xs:string", "xs:normalizedString", "xs:token"].contains(builtIn)
    case .any, .uri: true
    default: false
    }
  }

  /// Whether a list of its values says no more than the type.
  var isYesOrNo: Bool { jsonTypes.contains("boolean") && !jsonTypes.contains("string") }

  /// The nearest number outside of one end of the range; nil if the bound is none that can be counted on from.
  static func beyond(_ bound: Bound, isMaximum: Bool) -> String? {
    if bound.isExclusive { return bound.text }
    let step = isMaximum ? 1 : -1
    let whole = bound.text.split(separator: ".", omittingEmptySubsequences: false)[0]
    guard !bound.text.contains("e"), !bound.text.contains("E") else { return nil }
    if let number = Int(whole), !number.addingReportingOverflow(step).overflow { return String(number + step) }
    // Away from zero, of numbers that no machine word holds.
    let isNegative = whole.hasPrefix("-")
    guard isNegative != isMaximum else { return nil }
    var digits = whole.filter(\.isNumber).compactMap(\.wholeNumberValue)
    guard digits.count == whole.count - (isNegative ? 1 : 0), !digits.isEmpty else { return nil }
    var index = digits.count - 1
    while index >= 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 { digits[index] += 1 } else { digits.insert(1, at: 0) }
    return (isNegative ? "-" : "") + digits.map(String.init).joined()
  }
}
