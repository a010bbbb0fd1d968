package import DocumentKit
package import Translation
import XMLKit

/// Everything that stands in one translated document, each with where it comes from, in document order.
package struct Explanation: Sendable {
  package let mapping: String
  package let format: DocumentTree.Format
  package let method: AccountMethod
  package let root: TargetName
  package let records: [Provenance]

  package init(
    mapping: String, format: DocumentTree.Format, method: AccountMethod, root: TargetName, records: [Provenance],
  ) {
    self.mapping = mapping
    self.format = format
    self.method = method
    self.root = root
    self.records = records
  }

  /// The records of what stands at `path` or below it; of no path all.
  package func records(at path: String?) -> [Provenance] {
    let records = records.flatMap(\.withInnerRecords)
    guard let path else { return records }
    return records.filter { record in
      guard record.path.hasPrefix(path) else { return false }
      let rest = record.path.dropFirst(path.count)
      return rest.isEmpty || rest.hasPrefix("/") || rest.hasPrefix(" » ") || path.hasSuffix("/")
    }
  }

  /// The target document made again from nothing but the records; of a stylesheet, which does not tell how it makes
  /// texts, an error.
  package func rebuilt() throws(WorkbenchError) -> DocumentTree {
    try Self.rebuilt(records, root, format)
  }

  /// The same for a document inside a string.
  static func rebuilt(
    _ records: [Provenance], _ root: TargetName, _ format: DocumentTree.Format,
  ) throws(WorkbenchError) -> DocumentTree {
    var tree = XMLTreeBuilder()
    let rootTag = format == .json ? NodeTag(.object) : NodeTag(.untagged)
    tree.open(root.local, namespace: root.namespace, prefix: root.prefix, mark: XMLNodeMark(tag: rootTag.rawValue))
    var open: [TargetPlace.Step] = []
    for record in records {
      let steps = record.place.steps
      let shared = zip(open, steps).prefix { $0.element == $1.element }.count
      for _ in shared..<open.count { tree.close() }
      for step in steps[shared...] {
        tree.open(
          step.name.local, namespace: step.name.namespace, prefix: step.name.prefix,
          mark: XMLNodeMark(tag: step.tag.rawValue))
      }
      open = steps
      try write(record, into: &tree)
    }
    for _ in open { tree.close() }
    tree.close()
    return try finish(tree, format)
  }

  private static func write(_ record: Provenance, into tree: inout XMLTreeBuilder) throws(WorkbenchError) {
    switch record.content {
    case .element: return
    case .emptyList(let name): tree.processingInstruction(DocumentTree.emptyListTarget, name.qualified)
    case .found:
      throw WorkbenchError(.mapping, "a stylesheet does not tell how it makes \(record.path), only what it depends on")
    case .text, .document:
      guard let value = record.value else {
        throw WorkbenchError(.translation, "the record of \(record.path) does not give its text again")
      }
      do throws(XMLError) {
        if let attribute = record.place.attribute {
          try tree.attribute(attribute.local, value, namespace: attribute.namespace, prefix: attribute.prefix)
        } else {
          try tree.text(value)
        }
      } catch {
        throw WorkbenchError(.translation, "the record of \(record.path): \(error.message)")
      }
    }
  }

  private static func finish(
    _ tree: consuming XMLTreeBuilder, _ format: DocumentTree.Format,
  ) throws(WorkbenchError) -> DocumentTree {
    let document = tree.finish()
    guard format == .xml else { return DocumentTree(tagged: document) }
    do throws(DocumentError) {
      return try DocumentTree(xml: document)
    } catch {
      throw WorkbenchError(.translation, error.description)
    }
  }
}
