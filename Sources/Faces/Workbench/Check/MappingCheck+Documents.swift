import DocumentKit
import Translation
import XMLKit

extension MappingCheck {
  /// The context of rows that read a document inside a string; nil where its schema is not there.
  mutating func enter(
    _ parse: NestedSource, _ row: MappingRow, at context: SourceContext, _ element: Int,
  ) -> SourceContext? {
    written[element].changesContext = true
    guard let term = syntax(parse.from) else { return nil }
    let facts = evaluate(term, of: parse.from, at: context, for: .text)
    written[element].mayHaveNoNode = written[element].mayHaveNoNode || facts.mayBeAbsent || facts.mayBeEmpty
    guard let shape = shape(parse.source.schema, at: parse.source.position) else { return nil }
    let trees = shape.roots.map { shelf.tree(of: shape, at: parse.source.schema, from: $0) }
    let reader = trees.map { SourceReader(tree: $0, namespaces: parse.source.namespaces) }
      .min { $0.strangers(among: row.children) < $1.strangers(among: row.children) }
    guard let reader else { return nil }
    let places = facts.nodes.map { sources[context.source].tree.path(of: $0) }.joined(separator: "|")
    let root = reader.tree[SchemaTree.root].name
    documents.append("\(documents[context.source])/\(places)/\(parse.source.schema)#\(root)")
    sources.append(reader)
    visits.append([:])
    readings.append((parse.from.position, parse.ignored))
    withheld.append(withheldTexts(of: sources.count - 1))
    return .root(of: sources.count - 1)
  }

  /// Follows rows that build a document of their own, whose text the row writes.
  mutating func writeDocument(
    _ nested: NestedTarget, _ rows: [MappingRow], _ row: MappingRow, at context: SourceContext, _ element: Int,
  ) {
    if row.each == nil { checkList(row, element, nil) }
    written[element].feed = WrittenElement.Feed(isSure: row.isRequired || row.empty == .keep, from: "")
    guard let shape = shape(nested.target.schema, at: nested.target.position) else { return }
    let name = nested.target.root
    let root = shape.roots.first { shape[$0].name == name.local && shape[$0].namespace == name.namespace }
    guard let root else {
      return report(
        .error, .schema, at: nested.target.position,
        Sentence(
          "the schema \(nested.target.schema) has no root ‘\(name.qualified)’",
          "lược đồ \(nested.target.schema) không có gốc ‘\(name.qualified)’"),
        remedy: .roots(shape.roots.map { shape[$0].name }))
    }
    targets.append(shelf.tree(of: shape, at: nested.target.schema, from: root))
    written.append(
      WrittenElement(
        target: targets.count - 1, node: SchemaTree.root, name: name.local, parent: nil, row: nil,
        position: row.position, isKept: true))
    let document = written.count - 1
    walk(rows, at: context, into: document)
    let isSure = row.isRequired || row.empty == .keep || isSurelyFilled(document)
    written[element].feed = WrittenElement.Feed(isSure: isSure, from: "")
  }

  private mutating func shape(_ schema: String, at position: YAMLPosition) -> SchemaShape? {
    do throws(SchemaShapeError) {
      return try shelf.shape(schema)
    } catch {
      report(
        .error, .schema, at: position,
        Sentence(
          "the schema of the document inside cannot be read: \(error.description)",
          "không đọc được lược đồ của tài liệu bên trong: \(error.description)"),
        remedy: Sentence(
          "correct the path, which is taken from the folder of schemas",
          "hãy sửa đường dẫn, được tính từ thư mục lược đồ"))
      return nil
    }
  }
}

extension SourceReader {
  /// How many of the rows' paths the document does not have; a schema with several roots is read from the best one.
  func strangers(among rows: [MappingRow]) -> Int {
    rows.count { row in
      let text: String? = if case .from(let expression) = row.content { expression.text } else { nil }
      guard let term = (row.each?.text ?? text).flatMap({ try? XPathSyntax($0).root }) else { return false }
      var copy = self
      _ = copy.evaluate(term, at: .root, for: .existence)
      return !copy.takeUnknown().isEmpty
    }
  }
}
