extension MappingRow.ValueType {
  /// `text` as JSON writes a value of this type; nil if it is none.
  func text(of text: String) -> String? {
    switch self {
    case .string: text
    case .number: NumberFormat.decimal.normalised(text)
    case .boolean: text == "true" || text == "false" ? text : nil
    }
  }
}
