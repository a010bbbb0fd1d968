import Translation

/// What the rows of a mapping expect of the document they read, so that samples can be made that they understand.
///
/// Everything is said by path below the root of that document; where `when` decides, under the conditions it sets.
struct SourceExpectations {
  /// A place has one of these texts.
  struct Condition: Hashable {
    let path: String
    let texts: Set<String>
  }

  /// What one row does with the text of a place.
  struct Reading {
    let path: String
    let conditions: [Condition]
    /// Makes texts that the row can read.
    var supply: SampleHints.Supply?
    /// Makes texts of which the row makes what the target allows.
    var targetSupply: SampleHints.Supply?
    /// Whether the row can read a text.
    var canRead: (String) -> Bool = { _ in true }
    /// Whether what it makes of a text is what the target allows.
    var isAllowed: (String) -> Bool = { _ in true }
    /// Other rows read the place where this one does not.
    let isConditional: Bool
  }

  /// A place that must be there, or the document is refused.
  struct Need {
    let path: String
    let conditions: [Condition]
  }

  /// A code whose meaning depends on other places, or on a day.
  struct Lookup {
    let table: CodeTable
    let direction: CodeTable.Direction
    let paths: [String]
    let conditions: [Condition]
    /// One for each column: where its value is read, or the value itself; nil where it is computed.
    let columns: [Cell?]
    /// Where the day is read, and how it is written there.
    let days: [String]
    let dayFormat: TimeFormat
  }

  enum Cell {
    case paths([String])
    case text(String)
  }

  /// An element that a predicate looks for among its like: `person[role = 'child']`.
  struct Member {
    let path: String
    let key: String
    let text: String
    let conditions: [Condition]
  }

  /// A document inside the text of a place.
  struct Document {
    let path: String
    let conditions: [Condition]
    let schema: String
    let root: String
    let isBase64: Bool
    let expectations: SourceExpectations
  }

  var readings: [Reading] = []
  var needs: [Need] = []
  var lookups: [Lookup] = []
  var documents: [Document] = []
  var members: [Member] = []
  /// Places of whose text a row computes something, so that only examples show what it should be.
  var computed: Set<String> = []
  /// Texts that predicates and conditions ask for.
  var compared: [String: Set<String>] = [:]

  init() {}

  /// Of a translation whose rows nobody knows: places are there that every example has, with texts of examples.
  init(of examples: [[String: [String]]]) {
    computed = examples.reduce(into: []) { $0.formUnion($1.keys) }
    let common = computed.filter { path in examples.allSatisfy { $0[path] != nil } }
    var needed: Set<String> = []
    for path in common {
      let steps = path.split(separator: "/")
      for count in 1...max(1, steps.count) { needed.insert(steps.prefix(count).joined(separator: "/")) }
    }
    needs = needed.sorted().map { Need(path: $0, conditions: []) }
  }
}
