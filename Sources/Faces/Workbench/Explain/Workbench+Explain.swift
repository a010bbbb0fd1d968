import DocumentKit
package import Translation
import XMLKit

extension Workbench {
  /// Explains the document that a mapping makes of this one; a run that is held or refused has made none.
  package func explain(
    _ mapping: Mapping, _ document: SourceDocument,
  ) throws(WorkbenchError) -> (run: MappingRun, explanation: Explanation?) {
    if let stylesheet = mapping.stylesheet {
      let run = try run(mapping, document)
      guard case .translated = run.result else { return (run, nil) }
      return (run, try StylesheetAccount(stylesheet, mapping, document, in: self).explanation)
    }
    var trace = TranslationTrace(of: document.tree, try mapping.table())
    let run = try run(mapping, document, listener: &trace)
    guard case .translated(let output) = run.result else { return (run, nil) }
    let records = trace.records(of: trace.writes, in: output.tree, inside: "")
    let explanation = Explanation(
      mapping: mapping.label, format: mapping.target.format, method: .rows, root: mapping.target.root, records: records)
    return (run, explanation)
  }
}

extension TranslationTrace {
  /// The records of what was written into one document; `outer` is the path of its text with ` » `, if it is inside one.
  fileprivate func records(of writes: [Write], in target: DocumentTree, inside outer: String) -> [Provenance] {
    let elements = target.root.elementsInOrder
    return writes.map { write in
      let element = elements[write.place.element]
      var path = outer + target.path(of: element)
      if let attribute = write.place.attribute { path += "/@" + attribute.qualified }
      let read = write.read.map { reads[$0] }
      let content: Provenance.Content
      switch write.content {
      case .text(let text): content = .text(read?.text ?? text)
      case .element: content = .element
      case .emptyList(let name):
        path = outer + target.path(of: element, child: [name.qualified])
        content = .emptyList(name)
      case .document(let nested, let tree, let inner):
        content = .document(nested, records(of: inner, in: tree, inside: path + " » "))
      }
      var expression: String?
      if read != nil, case .from(let from) = write.row.content { expression = from.text }
      return Provenance(
        path: path, place: write.place, content: content, row: write.row.position, target: write.row.target.text,
        expression: expression, sources: read.map { sources($0.reading.used, $0.document) } ?? [],
        considered: read.map { sources($0.reading.passedOver + $0.reading.tested + $0.asked, $0.document) } ?? [],
        steps: read?.steps.map { Provenance.Step(step: $0.step, input: $0.input, output: $0.output) } ?? [])
    }
  }

  private func sources(_ nodes: [XMLNode], _ document: Int) -> [Provenance.Source] {
    nodes.map { node in
      let place = place(of: node, in: document)
      return Provenance.Source(path: place.path, line: place.line, column: place.column, text: node.text)
    }
  }

  /// The whole path from the message down to the node, and its place there; of a document inside a string everything is
  /// at the place of the string.
  func place(of node: XMLNode, in document: Int) -> (path: String, line: Int, column: Int) {
    let path = documents[document].tree.path(of: node)
    guard let holder = documents[document].holder else {
      let position = documents[document].tree.position(of: node)
      return (path, position?.line ?? 0, position?.column ?? 0)
    }
    let outer = place(of: holder.node, in: holder.document)
    return (outer.path + " » " + path, outer.line, outer.column)
  }
}
