import DocumentKit
import Translation
import XMLKit

/// Which instruction of a stylesheet wrote each place of an output, and by which templates it was come to.
struct StylesheetOrigins {
  struct Origin {
    let part: StylesheetPart
    let templates: [Provenance.Template]
  }

  private var byPath: [String: Origin] = [:]
  /// Where nothing better is known.
  let start: YAMLPosition

  /// Watches one more translation; of a stylesheet that cannot be watched only its first line is known.
  init(of output: DocumentTree, by stylesheet: StylesheetMapping, from document: XMLDocument) {
    start = YAMLPosition(file: stylesheet.file, line: 1, column: 1)
    guard output.format == .xml, let watch = try? StylesheetWatch(stylesheet) else { return }
    let record = watch.run(document)
    guard let origins = record.originsInOutput else { return }
    func told(_ origin: StylesheetRecord.Origin) -> Origin {
      Origin(
        part: watch.parts[origin.part],
        templates: origin.templates.reversed().map { template, call in
          Provenance.Template(
            title: watch.parts[template].title, position: watch.parts[template].position,
            call: call.map { watch.parts[$0].position })
        })
    }
    for (element, origin) in zip(output.root.elementsInOrder, origins) {
      let wrote = element.holdsElements ? origin.element : origin.text ?? origin.element
      if let wrote { byPath[output.path(of: element)] = told(wrote) }
      guard let own = origin.element else { continue }
      for attribute in element.attributes { byPath[output.path(of: attribute)] = told(own) }
    }
  }

  subscript(_ path: String) -> Origin? { byPath[path] }

  /// The instruction that wrote at this path, or what is nearest above it.
  func position(at path: String) -> YAMLPosition {
    var path = path[...]
    while !path.isEmpty {
      if let origin = byPath[String(path)] { return origin.part.position }
      path = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
    }
    return start
  }
}
