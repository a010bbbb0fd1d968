import DocumentKit
import XMLKit

/// Reads the element by which a stylesheet says what it translates.
struct StylesheetDescriptionReader {
  struct Description {
    let name: String
    let version: Int
    let source: MappingDefinition.Source
    let target: MappingDefinition.Target
    let ignored: [StylesheetIgnored]
  }

  let file: String
  private(set) var errors: [MappingError] = []

  init(file: String) {
    self.file = file
  }

  /// Nil after a complaint.
  mutating func description(of root: XMLNode) -> Description? {
    guard let mapping = root.firstElement(named: "mapping", namespace: .uri(StylesheetMapping.namespace)) else {
      refuse(
        root,
        Sentence("the stylesheet does not say what it translates", "bản định kiểu (stylesheet) không nói nó dịch gì"),
        remedy: Sentence(
          "add a top-level element ‘mapping’ of the namespace \(StylesheetMapping.namespace)",
          "hãy thêm phần tử ‘mapping’ ở cấp cao nhất, thuộc không gian tên \(StylesheetMapping.namespace)"))
      return nil
    }
    let name = attribute("name", of: mapping)
    let version = attribute("version", of: mapping).flatMap { text -> Int? in
      guard let version = Int(text), version >= 1 else {
        refuse(
          mapping,
          Sentence("the version is no whole number from 1 on", "phiên bản không phải là số nguyên từ 1 trở lên"),
          remedy: Sentence("write version=\"1\"", "hãy viết version=\"1\""))
        return nil
      }
      return version
    }
    let source = end("source", of: mapping)
    let target = end("target", of: mapping)
    var ignored: [StylesheetIgnored] = []
    for element in mapping.elements where element.isNamed("ignore", namespace: .uri(StylesheetMapping.namespace)) {
      if let entry = ignore(element) { ignored.append(entry) }
    }
    guard let name, let version, let source, let target, errors.isEmpty else { return nil }
    return Description(
      name: name, version: version,
      source: MappingDefinition.Source(
        schema: source.schema, format: source.format, namespaces: [:], position: source.position),
      target: MappingDefinition.Target(
        schema: target.schema, format: target.format, root: TargetName(DocumentTree.rootName),
        position: target.position), ignored: ignored)
  }

  private mutating func ignore(_ element: XMLNode) -> StylesheetIgnored? {
    guard let from = attribute("from", of: element), let reason = attribute("reason", of: element) else { return nil }
    do throws(XMLError) {
      return try StylesheetIgnored(from, reason: reason, at: element, position: position(of: element))
    } catch {
      refuse(
        element,
        Sentence("the path cannot be used: \(error.message)", "không dùng được đường dẫn này: \(error.message)"),
        remedy: Sentence("write an XPath 1.0 expression", "hãy viết biểu thức XPath 1.0"))
      return nil
    }
  }

  private mutating func end(
    _ name: String, of mapping: XMLNode,
  ) -> (schema: String, format: DocumentTree.Format, position: YAMLPosition)? {
    guard let element = mapping.firstElement(named: name, namespace: .uri(StylesheetMapping.namespace)) else {
      refuse(
        mapping, Sentence("the element ‘\(name)’ is missing", "thiếu phần tử ‘\(name)’"),
        remedy: Sentence("add <\(name) schema=\"…\" format=\"…\"/>", "hãy thêm <\(name) schema=\"…\" format=\"…\"/>"))
      return nil
    }
    guard let schema = attribute("schema", of: element), let format = attribute("format", of: element) else {
      return nil
    }
    guard let format = DocumentTree.Format(rawValue: format) else {
      refuse(
        element, Sentence("this format is not known", "không có định dạng này"),
        remedy: Sentence("write json or xml", "hãy viết json hoặc xml"))
      return nil
    }
    return (schema, format, position(of: element))
  }

  private mutating func attribute(_ name: String, of element: XMLNode) -> String? {
    guard let text = element.attribute(named: name)?.text, !text.isEmpty else {
      refuse(
        element, Sentence("the attribute ‘\(name)’ is missing or empty", "thuộc tính ‘\(name)’ thiếu hoặc để trống"),
        remedy: Sentence("add \(name)=\"…\"", "hãy thêm \(name)=\"…\""))
      return nil
    }
    return text
  }

  private mutating func refuse(_ element: XMLNode, _ message: Sentence, remedy: Sentence) {
    errors.append(MappingError(.stylesheet, at: position(of: element), message, remedy: remedy))
  }

  private func position(of element: XMLNode) -> YAMLPosition {
    let position = element.position
    return YAMLPosition(file: file, line: position?.line ?? 1, column: position?.column ?? 1)
  }
}
