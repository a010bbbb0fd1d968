import DocumentKit
import FileKit
import Translation
import XMLKit

extension MappingChecker {
  /// What can be said of a stylesheet without running it: the names in its paths are names of the source, and the elements
  /// it writes are elements of the target. What it requires, orders and converts is said to be unproved.
  func checkStylesheet(_ mapping: Mapping, in folder: String) -> Result {
    var result = Result()
    let path = "\(folder)/\(mapping.label)/transform.xsl"
    let start = YAMLPosition(file: path, line: 1, column: 1)
    result.findings.append(
      CheckFinding(
        .note, .notProved, at: start,
        Sentence(
          "of a stylesheet only names are checked: required places, order, types, codes and what is read are not",
          "với bản định kiểu (stylesheet) chỉ kiểm tra tên: không kiểm tra chỗ bắt buộc, thứ tự, kiểu, mã và những gì được đọc"
        )))
    guard let source = try? shelf.shape(mapping.source.schema), let target = try? shelf.shape(mapping.target.schema),
      let bytes = try? FileContent.read(path, limit: 1 << 24),
      let tree = try? DocumentTree(parsing: bytes, as: .xml)
    else {
      result.findings.append(
        CheckFinding(
          .error, .schema, at: start,
          Sentence(
            "the schemas of the stylesheet or the file itself cannot be read",
            "không đọc được lược đồ của bản định kiểu (stylesheet) hoặc chính tệp đó")))
      return result
    }
    var check = StylesheetCheck(
      tree: tree, file: path, sourceNames: Set(source.places.map(\.name)), targetNames: Set(target.places.map(\.name)))
    check.visit(tree.root)
    result.findings += check.findings
    return result
  }
}

/// Walks a stylesheet and collects the names that neither schema has.
private struct StylesheetCheck {
  private static let language = "http://www.w3.org/1999/XSL/Transform"
  private static let expressions = ["match", "select", "test", "use"]

  let tree: DocumentTree
  let file: String
  let sourceNames: Set<String>
  let targetNames: Set<String>
  var findings: [CheckFinding] = []

  mutating func visit(_ element: XMLNode) {
    guard element.namespace != StylesheetMapping.namespace else { return }
    if element.namespace == Self.language {
      for attribute in element.attributes where Self.expressions.contains(attribute.localName) {
        check(attribute.text, of: element)
      }
    } else if !targetNames.contains(element.localName) {
      let nearest = NearestName.of(element.localName, among: Array(targetNames))
      findings.append(
        CheckFinding(
          .error, .unknownTarget, at: position(of: element),
          Sentence("the target has no element ‘\(element.localName)’", "đích không có phần tử ‘\(element.localName)’"),
          remedy: nearest.map(Sentence.didYouMean)
            ?? Sentence("correct the name, or declare it in the schema", "hãy sửa tên, hoặc khai báo trong lược đồ"),
          path: element.localName))
    }
    for child in element.elements { visit(child) }
  }

  private mutating func check(_ expression: String, of element: XMLNode) {
    guard let term = try? XPathSyntax(expression).root else { return }
    for name in term.names.sorted() where !sourceNames.contains(name) {
      let nearest = NearestName.of(name, among: Array(sourceNames))
      findings.append(
        CheckFinding(
          .error, .unknownSource, at: position(of: element),
          Sentence("no place of the source is called ‘\(name)’", "không có chỗ nào của nguồn tên là ‘\(name)’"),
          remedy: nearest.map(Sentence.didYouMean)
            ?? Sentence("correct the name, or declare it in the schema", "hãy sửa tên, hoặc khai báo trong lược đồ"),
          path: name
        ))
    }
  }

  private func position(of element: XMLNode) -> YAMLPosition {
    let place = tree.position(of: element)
    return YAMLPosition(file: file, line: place?.line ?? 1, column: place?.column ?? 1)
  }
}

extension XPathTerm {
  /// The local names of all elements and attributes in the term.
  fileprivate var names: Set<String> {
    switch self {
    case .literal, .number, .variable: []
    case .negation(let inner): inner.names
    case .operation(_, let left, let right): left.names.union(right.names)
    case .call(_, let arguments): arguments.reduce(into: []) { $0.formUnion($1.names) }
    case .filter(let inner, let predicates): predicates.reduce(into: inner.names) { $0.formUnion($1.names) }
    case .path(let start, let steps): steps.reduce(into: start.names) { $0.formUnion($1.names) }
    }
  }
}

extension XPathStart {
  fileprivate var names: Set<String> { if case .term(let term) = self { term.names } else { [] } }
}

extension XPathStep {
  fileprivate var names: Set<String> {
    var names = predicates.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    if case .name(let name) = test { names.insert(name.local) }
    return names
  }
}
