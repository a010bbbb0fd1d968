import DocumentKit
import Translation

/// What a row has to write, behind its conversion.
struct ConvertedText {
  /// The text obeys one of these; none where it is computed.
  var rules: [ValueRules]
  /// Every text there can be, where they can be listed.
  var texts: [String]?
  /// The texts come out of a code table: which row gives which.
  var codeRows: [String: CodeTable.Row] = [:]
  /// The table they come from.
  var table: String?
}
