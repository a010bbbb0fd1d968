/// Every key that the readers of mappings and code tables know, by where it stands.
///
/// The JSON Schemas in `Schemas/lienthong-mapping/1` describe the same keys; a test compares the two.
package enum MappingKeys {
  /// The keys of `mapping.yaml`.
  package static let file = ["mapping", "version", "source", "target", "rows", "ignore", "policy"]
  package static let source = ["schema", "format", "namespaces"]
  package static let target = ["schema", "format", "root", "namespace", "namespaces"]
  package static let ignored = ["from", "reason"]
  package static let row = [
    "to", "from", "value", "rows", "parse", "write", "each", "groupBy", "when", "codes", "time", "number", "boolean",
    "base64", "part", "file", "pattern", "cut", "default", "required", "empty", "type",
  ]
  /// The keys of a row of which only one may stand: each turns a text into another.
  package static let conversions = ["codes", "time", "number", "boolean", "base64", "part", "file"]
  package static let parse = ["from", "schema", "format", "base64", "namespaces", "ignore"]
  package static let write = ["schema", "format", "root", "namespace", "namespaces", "base64", "declaration"]
  /// A default that has been thought about once and is not told again.
  package static let declaredDefault = ["value", "reason"]
  /// The two sides of `codes`, `time`, `boolean` and `unmapped`.
  package static let sides = ["in", "out"]
  package static let words = ["true", "false"]
  /// The keys of a code table in use; every column of the table is one more.
  package static let tableUse = ["table", "at", "atTime"]

  /// The keys of `codes/<table>.yaml`.
  package static let codeTable = ["codes", "foreign", "canonical", "columns", "dictionary", "unmapped", "rows"]
  package static let codeDictionary = ["name", "side", "without"]
  /// The keys of a row of a code table; every column is one more.
  package static let codeRow = ["foreign", "canonical", "direction", "note", "validFrom", "validUntil", "gap"]
  package static let codeDefault = ["default", "reason"]
  package static let codeGap = ["from", "reason"]
  /// Names that a column cannot have.
  static let reservedColumns = codeRow + tableUse + sides
}
