import DocumentKit

extension ValueRules {
  /// Whether a text of no characters obeys the rules, as far as they tell.
  var mayBeEmpty: Bool {
    if let fixed { return fixed.isEmpty }
    if let enumeration { return enumeration.contains { $0.isEmpty } }
    if !alternatives.isEmpty { return alternatives.contains { $0.mayBeEmpty } }
    switch kind {
    case .string, .any, .base64, .uri:
      // A JSON value may be null, which the tree holds as an empty text.
      if jsonTypes.contains("null") { return true }
      guard (minLength ?? 0) == 0 else { return false }
      return patterns.allSatisfy { PatternEmptiness.matchesNothing($0) ?? true }
    case .null: return true
    default: return jsonTypes.contains("null") || jsonTypes.contains("string")
    }
  }

  /// Every text there can be but the empty one; nil where there are too many to list or they are not known.
  var listedTexts: [String]? {
    if let fixed { return [fixed] }
    if let enumeration { return enumeration.filter { !$0.isEmpty } }
    if !alternatives.isEmpty {
      let lists = alternatives.compactMap(\.listedTexts)
      return lists.count == alternatives.count ? lists.flatMap(\.self) : nil
    }
    if kind == .boolean {
      return jsonTypes.isEmpty ? ["true", "false", "1", "0"] : ["true", "false"]
    }
    if kind == .integer, let least = minimum.flatMap({ whole($0, up: 1) }),
      let greatest = maximum.flatMap({ whole($0, up: -1) }), greatest >= least,
      case let span = greatest.subtractingReportingOverflow(least), !span.overflow, span.partialValue < 16
    {
      return (least...greatest).map(String.init)
    }
    return nil
  }

  private func whole(_ bound: Bound, up: Int) -> Int? {
    guard let number = Int(bound.text), bound.isExclusive else { return Int(bound.text) }
    let next = number.addingReportingOverflow(up)
    return next.overflow ? nil : next.partialValue
  }
}
