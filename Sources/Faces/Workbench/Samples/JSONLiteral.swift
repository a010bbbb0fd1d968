import DocumentKit
import JSONKit

/// Scalars as JSON writes them.
enum JSONLiteral {
  static func value(_ literal: String) throws(JSONError) -> SampleScalar {
    let value = try JSONDocument(parsing: literal).root
    return switch value.kind {
    case .number: SampleScalar(kind: .number, text: literal)
    case .boolean: SampleScalar(kind: .boolean, text: literal)
    case .null: SampleScalar(kind: .null, text: "")
    default: SampleScalar(kind: .string, text: value.string ?? "")
    }
  }
}
