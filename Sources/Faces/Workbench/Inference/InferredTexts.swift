/// The texts of one place, as far as a draft needs them.
struct InferredTexts {
  /// Different texts that are remembered.
  static let distinctLimit = 64
  /// An enumeration is drafted from this many texts at least, three times as many as it has values, and ten values at
  /// most: fewer say nothing about what else may come.
  static let enumerationAtLeast = 12
  static let enumerationAtMost = 10

  private(set) var count = 0
  private(set) var distinct: [String] = []
  private var known: Set<String> = []
  private(set) var isEmptySometimes = false
  private(set) var forms = Set(InferredForm.allCases)
  /// Text stood between elements.
  var isMixed = false

  mutating func add(_ text: String) {
    count += 1
    if text.isEmpty { isEmptySometimes = true }
    forms = forms.filter { $0.accepts(text) }
    if distinct.count <= Self.distinctLimit, known.insert(text).inserted { distinct.append(text) }
  }

  /// The narrowest form of all texts.
  var form: InferredForm? { count == 0 ? nil : InferredForm.allCases.first { forms.contains($0) } }

  /// The values, if these are few values seen often.
  var enumeration: [String]? {
    guard count >= Self.enumerationAtLeast, distinct.count <= Self.enumerationAtMost, count >= 3 * distinct.count,
      distinct.allSatisfy({ $0.count <= 64 })
    else { return nil }
    return distinct.sorted()
  }
}
