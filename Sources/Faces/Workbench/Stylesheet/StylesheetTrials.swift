import DocumentKit
import Translation
import XMLKit

/// Finds out what of a document a stylesheet brings where, by changing one text after the other and translating again.
///
/// A stylesheet has no rows that could be asked. So a mark is put before each of several characters of a text, and where
/// the mark comes out, the text arrives. Then the text is replaced by the mark, by the other values that the schema
/// allows, and taken away: what changes then depends on it. Conversions let marks pass. What only a change of two texts at
/// once would show is not seen.
struct StylesheetTrials {
  /// Leaves of one document. One that nothing depends on costs less than a translation, any other about twenty.
  static let leavesLimit = 5_000
  /// Characters of a text before which a mark is put, unless some are found missing.
  static let offsetsSampled = 12
  /// The same when some are missing: what is told then is at least right up to this length.
  static let offsetsLimit = 1_000
  /// Other values of a list that are tried.
  static let valuesTried = 8

  let stylesheet: StylesheetMapping
  let tree: DocumentTree
  /// What the stylesheet makes of the document as it is.
  let untouched: StylesheetTrial
  private let untouchedBytes: [UInt8]?
  private let schema: SchemaTree?

  init(_ stylesheet: StylesheetMapping, of tree: DocumentTree, schema: SchemaTree?) throws(WorkbenchError) {
    let leaves = tree.root.leaves
    guard leaves.count <= Self.leavesLimit else {
      throw WorkbenchError(
        .document, "the document has \(leaves.count) texts; a stylesheet is tried with \(Self.leavesLimit) at most")
    }
    guard !leaves.contains(where: { StylesheetMark.isFound(in: $0.text) }) else {
      throw WorkbenchError(.document, "the document uses the private signs with which its texts would be marked")
    }
    self.stylesheet = stylesheet
    self.tree = tree
    self.schema = schema
    untouched = stylesheet.trial(tree.document)
    untouchedBytes = untouched.output?.xml()
  }

  /// Every leaf with a text that is asked about, in document order.
  func all(_ isAsked: (XMLNode) -> Bool) throws(WorkbenchError) -> [LeafTrial] {
    try trials(of: tree.root.leaves.filter { $0.hasText && isAsked($0) }[...])
  }

  /// Many texts of a large document are of no consequence, so whole groups are changed first: where nothing comes of
  /// that, nothing is looked for in the group.
  private func trials(of leaves: ArraySlice<XMLNode>) throws(WorkbenchError) -> [LeafTrial] {
    guard leaves.count > 1 else {
      guard let leaf = leaves.first else { return [] }
      return [try trial(of: leaf)]
    }
    guard try hasEffect(leaves) else { return leaves.map { LeafTrial(leaf: $0) } }
    let middle = leaves.startIndex + leaves.count / 2
    return try trials(of: leaves[..<middle]) + trials(of: leaves[middle...])
  }

  private func hasEffect(_ leaves: ArraySlice<XMLNode>) throws(WorkbenchError) -> Bool {
    let mark = String(StylesheetMark.sign)
    let others = leaves.map { ($0, otherValues(of: $0)) }
    var changes: [[XMLNode: String?]] = [
      Dictionary(uniqueKeysWithValues: leaves.map { ($0, mark) }),
      Dictionary(uniqueKeysWithValues: leaves.map { ($0, nil) }),
    ]
    for number in 0..<(others.map(\.1.count).max() ?? 0) {
      changes.append(
        Dictionary(
          uniqueKeysWithValues: others.compactMap { leaf, values in
            values.indices.contains(number) ? (leaf, values[number]) : nil
          }))
    }
    for change in changes where !isSame(try run(change)) { return true }
    return false
  }

  /// Whether nothing came of a change.
  private func isSame(_ run: StylesheetTrial) -> Bool {
    run.stops == untouched.stops && run.output?.xml() == untouchedBytes
  }

  private func run(_ texts: [XMLNode: String?]) throws(WorkbenchError) -> StylesheetTrial {
    do throws(XMLError) {
      return stylesheet.trial(try ChangedCopy.document(of: tree.root, texts))
    } catch {
      throw WorkbenchError(.document, "the document cannot be copied: \(error.message)")
    }
  }

  private func trial(of leaf: XMLNode) throws(WorkbenchError) -> LeafTrial {
    var trial = LeafTrial(leaf: leaf)
    let text = leaf.text
    let characters = Array(text)
    for other in [String(StylesheetMark.sign)] + otherValues(of: leaf) { try change(&trial, to: other) }
    try change(&trial, to: nil)
    guard !trial.arrivals.isEmpty || !trial.moved.isEmpty || trial.decidesOutcome else { return trial }
    for offset in Self.spread(Self.offsetsSampled, over: characters.count) {
      try mark(&trial, characters, before: offset)
    }
    if !trial.arrivals.isEmpty, !trial.missing.isEmpty {
      for offset in Self.spread(Self.offsetsLimit, over: characters.count) where !trial.tried.contains(offset) {
        try mark(&trial, characters, before: offset)
      }
    }
    return trial
  }

  private static func spread(_ most: Int, over count: Int) -> [Int] {
    guard count > most else { return Array(0..<count) }
    return (0..<most).map { $0 * (count - 1) / (most - 1) }
  }

  /// Values that the schema allows in place of this one.
  private func otherValues(of leaf: XMLNode) -> [String] {
    guard let schema else { return [] }
    let path = leaf.steps.joined(separator: "/")
    guard let rules = schema.shape.find(path, from: schema[SchemaTree.root].places[0]).match?.value else { return [] }
    let values = rules.kind == .boolean ? ["true", "false", "1", "0"] : rules.enumeration ?? []
    return Array(values.filter { $0 != leaf.text }.prefix(Self.valuesTried))
  }

  private func mark(_ trial: inout LeafTrial, _ characters: [Character], before offset: Int) throws(WorkbenchError) {
    trial.tried.insert(offset)
    let text = String(characters[..<offset]) + String(StylesheetMark.sign) + String(characters[offset...])
    try change(&trial, to: text, marking: offset)
  }

  private func change(
    _ trial: inout LeafTrial, to text: String?, marking offset: Int? = nil,
  ) throws(WorkbenchError) {
    let run = try run([trial.leaf: text])
    guard !isSame(run) else { return }
    if run.stops != untouched.stops { trial.decidesOutcome = true }
    guard let output = run.output, let before = untouched.output else {
      if (run.output == nil) != (untouched.output == nil) { trial.decidesOutcome = true }
      return
    }
    for difference in DocumentComparison.differences(before, output) {
      guard difference.kind == .changed, let way = difference.after.flatMap(StylesheetMark.way) else {
        trial.moved.insert(difference.path)
        continue
      }
      let calls = way.compactMap { run.calls.indices.contains($0) ? run.calls[$0] : nil }
      if difference.before?.contains(trial.leaf.text) == true { trial.standsWhole = true }
      var arrival = trial.arrivals[difference.path] ?? LeafTrial.Arrival(calls: calls)
      if let offset {
        if arrival.offsets.isEmpty { arrival.calls = calls }
        arrival.offsets.insert(offset)
      }
      trial.arrivals[difference.path] = arrival
    }
  }
}
