import CryptographyKit
package import DocumentKit
import XMLKit

extension Evaluation {
  // MARK: Reading

  /// Parses the document inside the row's text and makes it the source; gives its root element.
  ///
  /// Nil if the text is empty, or, with a finding, if it is no document.
  mutating func parse(
    _ parse: CompiledRow.Parse, _ row: CompiledRow, at context: XMLNode,
  ) throws(TranslationError) -> XMLNode? {
    let text = try Self.evaluate(row) { () throws(XMLError) in
      try parse.from.text(at: context, group: source.group)
    }
    let reading =
      Listener.isListening ? parse.from.reading(at: context, group: source.group) : SourceReading.nothing
    listener.didRead(row.row, text, reading: reading, at: context)
    guard !text.trimmed.isEmpty else { return nil }
    guard documentsRead.count < limits.nestedDocuments else {
      throw TranslationError(
        .nestedLimit, "The message holds more than \(limits.nestedDocuments) documents inside strings; split it.",
        row: row.row.position)
    }
    guard let tree = tree(of: text, parse.nested, row, at: context) else { return nil }
    let place = place(of: row, at: context)
    documentsRead.append(
      NestedDocument(tree: tree, schema: parse.nested.source.schema, place: place))
    listener.didParse(row.row, tree, reading: reading, at: context)
    source = SourceScope(tree, inside: place)
    return tree.root
  }

  private mutating func tree(
    of text: String, _ nested: NestedSource, _ row: CompiledRow, at context: XMLNode,
  ) -> DocumentTree? {
    var bytes = Array(text.utf8)
    if nested.isBase64 {
      guard let decoded = Base64Step.bytes(of: text) else {
        refuse(
          row, at: context, rule: "mapping.base64", english: "The text is no base64.",
          vietnamese: "Nội dung không phải là base64.")
        return nil
      }
      bytes = decoded
    }
    do throws(DocumentError) {
      return try DocumentTree(parsing: bytes, as: nested.source.format)
    } catch {
      let format = nested.source.format == .json ? "JSON" : "XML"
      let place = error.line.map { "line \($0), column \(error.column ?? 1) of it" }
      let placeVietnamese = error.line.map { "dòng \($0), cột \(error.column ?? 1) của nội dung" }
      refuse(
        row, at: context, rule: "mapping.nested",
        english: "The text is no \(format) document: \(error.message)" + (place.map { " (\($0))" } ?? ""),
        vietnamese: "Nội dung không phải là tài liệu \(format) đúng cú pháp"
          + (placeVietnamese.map { " (\($0))" } ?? "") + ".")
      return nil
    }
  }

  // MARK: Writing

  /// The text of the document that the row's rows build; nil, with a finding where that is wrong, if they write nothing.
  mutating func document(
    _ nested: NestedTarget, _ rows: CompiledRows, of row: CompiledRow, at context: XMLNode,
  ) throws(TranslationError) -> String? {
    let outer = row.hasOwnSource ? source : nil
    defer { if let outer { source = outer } }
    guard let item = try enter(row, Items(nodes: [context]), 0, at: context) else {
      return omitted(row, at: context)
    }
    let first = documentsWritten.count
    listener.didBeginDocument(row.row, at: item)
    let isJSON = nested.target.format == .json
    var other = TargetWriter(
      root: WrittenName(borrowing: nested.target.root, from: names), names: names,
      tag: NodeTag(isJSON ? .object : .untagged), after: writer.nodeCount)
    swap(&writer, &other)
    try run(rows, at: item)
    swap(&writer, &other)
    writer.nodeCount = other.nodeCount
    do throws(DocumentError) {
      let built = other.finish()
      let tree = isJSON ? DocumentTree(tagged: built) : try DocumentTree(xml: built)
      listener.didEndDocument(row.row, tree)
      leave(row)
      guard !tree.root.isEmpty || row.row.empty == .keep else {
        documentsWritten.removeLast(documentsWritten.count - first)
        return omitted(row, at: context)
      }
      WrittenDocument.place(&documentsWritten[first...], in: tree, numbered: documentsWritten.count)
      documentsWritten.append(WrittenDocument(tree: tree, schema: nested.target.schema))
      return try nested.text(of: tree)
    } catch {
      throw TranslationError(.output, error.message, row: row.row.position, cause: error)
    }
  }

  private mutating func omitted(_ row: CompiledRow, at context: XMLNode) -> String? {
    if row.row.isRequired { refuseMissing(row, at: context) } else { listener.didOmit(row.row, at: context) }
    return nil
  }
}

extension NestedTarget {
  /// The document as the text that its row writes.
  package func text(of tree: DocumentTree) throws(DocumentError) -> String {
    var bytes =
      tree.format == .json ? try tree.json() : tree.document.serialised(declaration: hasDeclaration)
    // The line feed that ends a file has no place inside a string.
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return isBase64 ? Base64.encode(bytes) : String(decoding: bytes, as: UTF8.self)
  }
}

extension XMLNode {
  /// Whether the element has no content and no attributes.
  fileprivate var isEmpty: Bool {
    firstChild == nil && attributes.first { _ in true } == nil
  }
}
