/// What was found out about the patterns of a schema, kept from sample to sample.
final class SamplePatternCache {
  private var parsed: [String: Result<SamplePattern, SampleError>] = [:]
  private var meant: [[String]: [Int]] = [:]

  func pattern(_ source: String, _ dialect: SamplePattern.Dialect) throws(SampleError) -> SamplePattern {
    let key = (dialect == .xsd ? "x" : "e") + source
    if let known = parsed[key] { return try known.get() }
    let result = Result { () throws(SampleError) in try SamplePattern(source, dialect) }
    parsed[key] = result
    return try result.get()
  }

  /// Which of these spellings all patterns mean, as `find` says of the first ones asked about.
  func meant(_ sources: [String], _ find: () -> [Int]) -> [Int] {
    if let known = meant[sources] { return known }
    let found = find()
    meant[sources] = found
    return found
  }
}
