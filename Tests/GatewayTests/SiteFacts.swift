import DocumentKit
import XMLKit

/// What a site says, without where it says it: two files that mean the same have the same facts.
enum SiteFacts {
  static func of(_ value: Any) -> String {
    if value is YAMLPosition || value is YAMLPosition? { return "" }
    // Beside its text it holds what is compiled of it.
    if let expression = value as? XPathExpression { return expression.source }
    let mirror = Mirror(reflecting: value)
    guard !mirror.children.isEmpty else { return "\(value)" }
    let parts = mirror.children.map { ($0.label ?? "") + "=" + of($0.value) }
    let isUnordered = mirror.displayStyle == .set || mirror.displayStyle == .dictionary
    return "[" + (isUnordered ? parts.sorted() : parts).joined(separator: ",") + "]"
  }
}
