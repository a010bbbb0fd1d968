import Dictionaries
import DocumentKit
import XMLKit

/// One translation by rows: every row of every mapping is evaluated here, and only here.
struct Evaluation<Listener: TranslationListener>: ~Copyable {
  /// What the rows being run read from.
  var source: SourceScope
  let mappingLabel: String
  /// Every name that the mapping writes.
  let names: XMLNames
  let limits: TranslationLimits
  var listener: Listener
  var writer: TargetWriter
  var findings: [Finding] = []
  var unmapped: [HeldReason.UnmappedCode] = []
  var report = TranslationReport()
  let files: (any FileDesk)?
  /// Nil where no site stands behind the translation.
  let dictionaries: DictionaryView?
  var missingFiles: [HeldReason.MissingFile] = []
  /// Bytes of files written as base64 so far.
  var inlinedBytes = 0
  var documentsRead: [NestedDocument] = []
  var documentsWritten: [WrittenDocument] = []
  /// Numbers of the exclusive places written so far in the open groups.
  private var placesWritten: [Int] = []

  init(
    of tree: DocumentTree, to root: TargetName, names: XMLNames, isJSON: Bool, mappingLabel: String,
    limits: TranslationLimits, files: (any FileDesk)?, dictionaries: DictionaryView?, listener: Listener,
  ) {
    source = SourceScope(tree)
    self.names = names
    self.mappingLabel = mappingLabel
    self.limits = limits
    self.files = files
    self.dictionaries = dictionaries
    self.listener = listener
    writer = TargetWriter(
      root: WrittenName(borrowing: root, from: names), names: names,
      tag: isJSON ? NodeTag(.object) : NodeTag(.untagged))
  }

  /// `sharesPlaces`: the rows write into the element around them and so into the places of the rows around.
  mutating func run(
    _ rows: CompiledRows, at context: XMLNode, sharesPlaces: Bool = false,
  ) throws(TranslationError) {
    let base = writer.depth
    let placesBefore = placesWritten.count
    try rows.forEach { row throws(TranslationError) in
      try run(row, at: context, base: base)
      guard writer.nodeCount <= limits.outputNodes else {
        throw TranslationError(
          .outputLimit, "The document would become more than \(limits.outputNodes) elements; split it.",
          row: row.row.position)
      }
    }
    if !sharesPlaces { placesWritten.removeLast(placesWritten.count - placesBefore) }
  }

  private mutating func run(_ row: CompiledRow, at context: XMLNode, base: Int) throws(TranslationError) {
    writer.pop(to: base + row.sharedElements)
    if let condition = row.condition {
      let isTrue = try Self.evaluate(row) { () throws(XMLError) in
        try condition.lend { when throws(XMLError) in try when.isTrue(at: context, group: group(for: when)) }
      }
      if Listener.isListening, let when = row.when { hear(test: when, isTrue, of: row, at: context) }
      guard isTrue else { return }
    }
    if case .group(let rows) = row.content {
      try runGroup(row, rows, at: context, base: base)
    } else if row.each != nil {
      try runEach(row, at: context, base: base)
    } else if !Listener.isListening, copy(row, at: context, base: base) {
      return
    } else if let text = try result(of: row, at: context), takePlace(of: row, at: context) {
      open(row, base: base)
      try write(row, text)
    }
  }

  /// Writes what a row copies as it is; false where that is nothing, and where the row's text becomes another one.
  private mutating func copy(_ row: CompiledRow, at context: XMLNode, base: Int) -> Bool {
    guard let copied = row.copied else { return false }
    return copied.lend { path in
      path.withFirstText(at: context) { bytes in
        guard takePlace(of: row, at: context) else { return }
        open(row, base: base)
        writer.write(checked: bytes)
      }
    }
  }

  /// A finding refuses the document even if codes are missing as well: the sender acts first.
  consuming func finish(isJSON: Bool) throws(TranslationError) -> TranslationOutcome {
    guard findings.isEmpty else { return .refused(findings) }
    guard unmapped.isEmpty, missingFiles.isEmpty else {
      return .held(HeldReason(codes: unmapped, files: missingFiles))
    }
    let report = report
    let (read, written) = (documentsRead, documentsWritten)
    let document = writer.finish()
    let tree: DocumentTree
    do throws(DocumentError) {
      tree = isJSON ? DocumentTree(tagged: document) : try DocumentTree(xml: document)
    } catch {
      throw TranslationError(.output, error.message, cause: error)
    }
    let nested = NestedDocuments(read: read, written: WrittenDocument.placed(written, in: tree))
    return .translated(tree, report, nested)
  }

  // MARK: Writing

  /// Names the elements of the row that are not open yet; they appear with the first thing written.
  mutating func open(_ row: CompiledRow, base: Int) {
    let count = row.elements.count
    var index = writer.depth - base
    while index < count {
      let isOwn = row.isElementLeaf && index == count - 1
      writer.push(row.elements[index], isOwn ? row.tag : NodeTag(.object))
      index += 1
    }
  }

  mutating func write(_ row: CompiledRow, _ text: String) throws(TranslationError) {
    do throws(XMLError) {
      if let attribute = row.attribute {
        try writer.write(attribute: attribute, text)
      } else {
        try writer.write(text)
      }
    } catch {
      throw TranslationError(
        .output, "The text of ‘\(row.row.target)’ holds a character that XML cannot carry.", row: row.row.position,
        cause: error)
    }
    if case .document = row.content {
      documentsWritten[documentsWritten.count - 1].place = writer.place(row.attribute)
    }
    if Listener.isListening { listener.didWrite(row.row, text, at: writer.place(row.attribute)) }
  }

  /// False, with a finding, if another row has written the place that only one of them may.
  mutating func takePlace(of row: CompiledRow, at context: XMLNode) -> Bool {
    guard let place = row.exclusivePlace else { return true }
    guard !placesWritten.contains(place) else {
      refuse(
        row, at: context, rule: "mapping.twice",
        english: "The conditions of two rows are true at once and both write ‘\(row.row.target)’.",
        vietnamese: "Hai dòng ánh xạ cùng đúng điều kiện và cùng ghi ‘\(row.row.target)’.")
      return false
    }
    placesWritten.append(place)
    return true
  }

  // MARK: Reading

  /// The nodes of `$group`, for an expression that asks for them.
  func group(for path: SourcePath) -> [XMLNode] { path.usesGroup ? source.group : [] }

  static func evaluate<Value>(
    _ row: CompiledRow, _ body: () throws(XMLError) -> Value,
  ) throws(TranslationError) -> Value {
    do throws(XMLError) {
      return try body()
    } catch {
      throw TranslationError(
        .expression, "An expression of the row failed: \(error.message)", row: row.row.position, cause: error)
    }
  }
}
