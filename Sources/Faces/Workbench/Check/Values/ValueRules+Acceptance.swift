import DocumentKit
import Translation

/// Why a text does not obey the rules of its place.
enum ValueClash: Sendable, Equatable {
  case type
  case length
  case enumeration

  var rule: CheckRule {
    switch self {
    case .type: .typeClash
    case .length: .lengthClash
    case .enumeration: .enumerationClash
    }
  }
}

extension ValueRules {
  /// What one known text breaks; nil if it breaks nothing that can be seen without the schema's own validator.
  func clash(with text: String) -> ValueClash? {
    if !alternatives.isEmpty {
      let clashes = alternatives.map { $0.clash(with: text) }
      return clashes.contains(nil) ? nil : clashes.first ?? nil
    }
    if let fixed, fixed != text { return .enumeration }
    if let enumeration { return enumeration.contains(text) ? nil : .enumeration }
    let length = text.unicodeScalars.count
    if isText, length > maxLength ?? .max || length < minLength ?? 0 { return .length }
    if text.isEmpty, isText {
      return patterns.contains { PatternEmptiness.matchesNothing($0) == false } ? .length : nil
    }
    return isSpelling(text) ? nil : .type
  }

  /// Whether lengths are counted in characters.
  var isText: Bool { kind == .string || kind == .any || kind == .uri }

  private func isSpelling(_ text: String) -> Bool {
    if text.isEmpty { return jsonTypes.contains("null") || jsonTypes.contains("string") }
    switch kind {
    case .string, .any, .uri, .base64: return true
    case .integer: return NumberFormat.integer.normalised(text).map(isInRange) ?? false
    case .decimal, .double: return NumberFormat.decimal.normalised(text).map(isInRange) ?? false
    case .boolean:
      return jsonTypes.isEmpty
        ? ["true", "false", "1", "0"].contains(text) : ["true", "false"].contains(text)
    case .dateTime: return TimeFormat.iso.convert(text, to: .iso) != nil
    case .date: return TimeFormat("yyyy-MM-dd").map { $0.convert(text, to: $0) != nil } ?? true
    case .time: return true
    case .null: return false
    }
  }

  private func isInRange(_ text: String) -> Bool {
    guard let value = Double(text) else { return true }
    if let bound = minimum, let least = Double(bound.text),
      bound.isExclusive ? value <= least : value < least
    {
      return false
    }
    if let bound = maximum, let most = Double(bound.text),
      bound.isExclusive ? value >= most : value > most
    {
      return false
    }
    return true
  }

  /// Whether every text of the other rules is spelt as these rules want it, as far as types go.
  func takesTypes(of source: ValueRules) -> Bool {
    if !alternatives.isEmpty { return alternatives.contains { $0.takesTypes(of: source) } }
    if !source.alternatives.isEmpty { return source.alternatives.allSatisfy { takesTypes(of: $0) } }
    switch kind {
    case .string, .any, .uri: return true
    case .integer: return source.kind == .integer
    case .decimal: return source.kind == .integer || source.kind == .decimal
    case .double: return [.integer, .decimal, .double].contains(source.kind)
    case .null: return false
    default: return source.kind == kind
    }
  }
}
