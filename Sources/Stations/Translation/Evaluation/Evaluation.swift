import DocumentKit
import XMLKit

/// One translation by rows: every row of every mapping is evaluated here, and only here.
struct Evaluation<Listener: TranslationListener>: ~Copyable {
  let tree: DocumentTree
  let mappingLabel: String
  let limits: TranslationLimits
  var listener: Listener
  var writer: TargetWriter
  var findings: [Finding] = []
  var unmapped: [HeldReason.UnmappedCode] = []
  var report = TranslationReport()
  /// Numbers of the exclusive places written so far in the open groups.
  private var placesWritten: [Int] = []

  init(
    of tree: DocumentTree, to root: TargetName, isJSON: Bool, mappingLabel: String, limits: TranslationLimits,
    listener: Listener,
  ) {
    self.tree = tree
    self.mappingLabel = mappingLabel
    self.limits = limits
    self.listener = listener
    writer = TargetWriter(root: root, tag: isJSON ? NodeTag(.object) : NodeTag(.untagged))
  }

  mutating func run(_ rows: [CompiledRow], at context: XMLNode) throws(TranslationError) {
    let base = writer.depth
    let placesBefore = placesWritten.count
    for row in rows {
      writer.pop(to: base + row.sharedElements)
      if let when = row.when {
        let isTrue = try evaluate(row) { () throws(XMLError) in try when.isTrue(at: context) }
        if Listener.isListening { hear(test: when, isTrue, of: row, at: context) }
        guard isTrue else { continue }
      }
      if case .group(let rows) = row.content {
        try runGroup(row, rows, at: context, base: base)
      } else if let each = row.each {
        try runEach(row, each, at: context, base: base)
      } else if !Listener.isListening, row.copiesText, let node = row.copiedNode(at: context) {
        if takePlace(of: row, at: context) {
          open(row, base: base)
          writer.write(textOf: node)
        }
      } else if let text = try result(of: row, at: context), takePlace(of: row, at: context) {
        open(row, base: base)
        try write(row, text)
      }
      guard writer.nodeCount <= limits.outputNodes else {
        throw TranslationError(
          .outputLimit, "The document would become more than \(limits.outputNodes) elements; split it.",
          row: row.row.position)
      }
    }
    placesWritten.removeLast(placesWritten.count - placesBefore)
  }

  /// A finding refuses the document even if codes are missing as well: the sender acts first.
  consuming func finish(isJSON: Bool) throws(TranslationError) -> TranslationOutcome {
    guard findings.isEmpty else { return .refused(findings) }
    guard unmapped.isEmpty else { return .held(HeldReason(codes: unmapped)) }
    let report = report
    let document = writer.finish()
    guard !isJSON else { return .translated(DocumentTree(tagged: document), report) }
    do throws(DocumentError) {
      return .translated(try DocumentTree(xml: document), report)
    } catch {
      throw TranslationError(.output, error.message, cause: error)
    }
  }

  // MARK: Groups and lists

  private mutating func runGroup(
    _ row: CompiledRow, _ rows: [CompiledRow], at context: XMLNode, base: Int,
  ) throws(TranslationError) {
    guard case .element(let name) = row.row.target.last else { return }
    var contexts = [context]
    if let each = row.each {
      contexts = try evaluate(row) { () throws(XMLError) in try each.nodes(at: context) }
      if Listener.isListening {
        listener.didIterate(row.row, reading: each.readingOfEach(contexts, at: context), at: context)
      }
    }
    open(row, base: base)
    let outside = writer.depth
    var written = 0
    for item in contexts {
      writer.push(name, row.tag)
      try run(rows, at: item)
      writer.pop(to: outside + 1)
      if row.row.empty == .keep { keepEmpty(row) }
      if writer.isInnermostOpen { written += 1 }
      writer.pop(to: outside)
    }
    if written == 0 {
      finishEmpty(row, name, at: context)
    } else {
      _ = takePlace(of: row, at: context)
    }
  }

  private mutating func runEach(
    _ row: CompiledRow, _ each: SourcePath, at context: XMLNode, base: Int,
  ) throws(TranslationError) {
    guard case .element(let name) = row.row.target.last else { return }
    let items = try evaluate(row) { () throws(XMLError) in try each.nodes(at: context) }
    if Listener.isListening {
      listener.didIterate(row.row, reading: each.readingOfEach(items, at: context), at: context)
    }
    open(row, base: base)
    let outside = writer.depth
    var written = 0
    for item in items {
      guard let text = try result(of: row, at: item) else { continue }
      writer.push(name, row.tag)
      try write(row, text)
      writer.pop(to: outside)
      written += 1
    }
    if written == 0 {
      finishEmpty(row, name, at: context)
    } else {
      _ = takePlace(of: row, at: context)
    }
  }

  /// A group or list wrote nothing: the row's policy says what that means.
  private mutating func finishEmpty(_ row: CompiledRow, _ name: TargetName, at context: XMLNode) {
    if row.row.isRequired { return refuseMissing(row, at: context) }
    guard row.row.empty == .list, takePlace(of: row, at: context) else {
      return listener.didOmit(row.row, at: context)
    }
    writer.writeEmptyList(name)
    if Listener.isListening { listener.didWriteEmptyList(row.row, name, at: writer.place()) }
  }

  private mutating func keepEmpty(_ row: CompiledRow) {
    guard !writer.isInnermostOpen else { return }
    writer.openPending()
    if Listener.isListening { listener.didOpen(row.row, at: writer.place()) }
  }

  // MARK: Writing

  /// Names the elements of the row that are not open yet; they appear with the first thing written.
  private mutating func open(_ row: CompiledRow, base: Int) {
    let isLeaf = row.isElementLeaf
    for index in (writer.depth - base)..<max(row.elements.count, writer.depth - base) {
      let isOwn = isLeaf && index == row.elements.count - 1
      writer.push(row.elements[index], isOwn ? row.tag : NodeTag(.object))
    }
  }

  private mutating func write(_ row: CompiledRow, _ text: String) throws(TranslationError) {
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
    if Listener.isListening { listener.didWrite(row.row, text, at: writer.place(row.attribute)) }
  }

  /// False, with a finding, if another row has written the place that only one of them may.
  private mutating func takePlace(of row: CompiledRow, at context: XMLNode) -> Bool {
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

  mutating func evaluate<Value>(
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

extension CompiledRow {
  /// The node whose text the row copies; nil if there is none or it is empty, which `result(of:at:)` then deals with.
  func copiedNode(at context: XMLNode) -> XMLNode? {
    guard case .source(let source) = content, let node = source.plain?.firstNode(at: context), node.hasText else {
      return nil
    }
    return node
  }

  /// Whether the last of `elements` is the row's own, made for its text.
  var isElementLeaf: Bool {
    guard case .element = row.target.last else { return false }
    return !row.repeats
  }
}
