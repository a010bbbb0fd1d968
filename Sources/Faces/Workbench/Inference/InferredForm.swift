/// Forms of texts that a draft recognises, the narrowest first.
enum InferredForm: String, CaseIterable {
  case boolean
  case timestamp = "yyyyMMddHHmmss"
  case integer
  case decimal
  case dateTime
  case date = "yyyy-MM-dd"
  case slashedDate = "dd/MM/yyyy"
  case slashedDateTime = "dd/MM/yyyy HH:mm:ss"
  case yearFirstDate = "yyyy/MM/dd"
  case spacedDateTime = "yyyy-MM-dd HH:mm:ss"
  case uuid
  case email
  case address

  func accepts(_ text: String) -> Bool { Self.patterns[self]?.matches(text) ?? false }

  /// The form as a pattern of XSD; the same between `^` and `$` in JSON Schema.
  var pattern: String { Self.sources[self] ?? "" }

  /// It is a spelling of a moment that neither XSD nor JSON Schema has a type for.
  var isSpelling: Bool {
    [.timestamp, .slashedDate, .slashedDateTime, .yearFirstDate, .spacedDateTime].contains(self)
  }

  private static let day = "(0[1-9]|[12][0-9]|3[01])"
  private static let month = "(0[1-9]|1[0-2])"
  private static let clock = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"

  private static let sources: [InferredForm: String] = [
    .boolean: "true|false", .integer: "0|-?[1-9][0-9]{0,17}", .decimal: "-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,9})?",
    .timestamp: "(19|20)[0-9]{2}\(month)\(day)([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]",
    .dateTime:
      "(19|20)[0-9]{2}-\(month)-(0[1-9]|1[0-9]|2[0-8])T\(clock)(\\.[0-9]+)?(Z|[+\\-](0[0-9]|1[0-3]):[0-5][0-9])",
    .date: "(19|20)[0-9]{2}-\(month)-(0[1-9]|1[0-9]|2[0-8])", .slashedDate: "\(day)/\(month)/(19|20)[0-9]{2}",
    .slashedDateTime: "\(day)/\(month)/(19|20)[0-9]{2} \(clock)",
    .yearFirstDate: "(19|20)[0-9]{2}/\(month)/\(day)", .spacedDateTime: "(19|20)[0-9]{2}-\(month)-\(day) \(clock)",
    .uuid: "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    .email: "[A-Za-z0-9._+\\-]+@[A-Za-z0-9\\-]+(\\.[A-Za-z0-9\\-]+)+", .address: "https?://[^ ]+",
  ]

  private static let patterns: [InferredForm: SamplePattern] = sources.compactMapValues { source in
    try? SamplePattern("(\(source))", .xsd)
  }
}
