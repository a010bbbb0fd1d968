import CXML

/// Turns libxml2's reports about one document into findings, without taking over any text of the document.
final class XMLSchemaFindingCollector {
  private let document: XMLDocument
  private let limit: Int
  private var findings: [XMLSchemaFinding] = []
  /// The element or attribute of the last finding about a value: after an item of a list libxml2 reports the whole
  /// list again as not valid for its type.
  private var valuePlace: XMLNode?

  init(document: XMLDocument, limit: Int) {
    self.document = document
    self.limit = limit
  }

  func take(_ error: xmlError) {
    guard error.level.rawValue >= XML_ERR_ERROR.rawValue, findings.count < limit else { return }
    let node = error.node?.assumingMemoryBound(to: xmlNode.self)
    let rule = XMLSchemaRule(code: xmlParserErrors(rawValue: UInt32(bitPattern: error.code)))
    // A value that is wrong in itself is reported again, with nothing said, where a key is made of it.
    if rule.code == XML_SCHEMAV_CVC_IDC, error.str1 == nil, !findings.isEmpty { return }
    let place = place(of: error, node: node)
    if rule.isValueOfType, place != nil, place == valuePlace { return }
    valuePlace = rule.isFacet || rule.isValueOfType ? place : nil
    let details = XMLSchemaRule.Details(copying: error, rule: rule)
    let position = place.flatMap { $0.position }
    findings.append(
      XMLSchemaFinding(
        path: place?.path ?? "/", line: position?.line ?? Int(error.line), column: position?.column ?? 0,
        offset: place?.nearestOffset ?? -1, rule: rule.name, expected: details.expected,
        messageEnglish: rule.english(details), messageVietnamese: rule.vietnamese(details)))
  }

  /// The findings; a validation that failed without one is itself a finding, never a valid document.
  func finish(status: Int32) -> [XMLSchemaFinding] {
    guard status != 0, findings.isEmpty else { return findings }
    let rule = XMLSchemaRule(code: XML_SCHEMAV_INTERNAL)
    let details = XMLSchemaRule.Details.none
    return [
      XMLSchemaFinding(
        path: document.root?.path ?? "/", line: 0, column: 0, offset: -1, rule: rule.name, expected: [],
        messageEnglish: rule.english(details), messageVietnamese: rule.vietnamese(details))
    ]
  }

  /// The attribute that a report about an element means, else the element: a report about an attribute hands over the
  /// element and begins `Element 'name', attribute '{namespace}name': `.
  private static func attribute(of element: XMLNode, in error: xmlError) -> XMLNode {
    guard let message = error.message else { return element }
    // Names have no quotes, so the first four quotes enclose the two names.
    let parts = String(cString: message).split(separator: "'", maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0] == "Element ", parts[2] == ", attribute ", parts[4].hasPrefix(": ") else {
      return element
    }
    let name = parts[3].split(separator: "}")
    guard let localName = name.last.map(String.init) else { return element }
    let namespace = name.count == 2 ? XMLNamespaceMatch.uri(String(name[0].dropFirst())) : .none
    return element.attribute(named: localName, namespace: namespace) ?? element
  }

  /// References between elements (keyref) are reported with a line alone; the first element that ends its tag there and
  /// has the reported name is taken.
  private func place(of error: xmlError, node: xmlNodePtr?) -> XMLNode? {
    if let node { return Self.attribute(of: XMLNode(document: document, pointer: node), in: error) }
    guard error.line > 0, let reported = error.str1, let root = document.root else { return nil }
    let name = String(cString: reported)
    let localName = name.split(separator: "}").last.map(String.init) ?? name
    var candidates = [root]
    while let candidate = candidates.popLast() {
      if xmlGetLineNo(candidate.pointer) == Int(error.line), candidate.isNamed(localName) { return candidate }
      candidates.append(contentsOf: Array(candidate.elements).reversed())
    }
    return nil
  }
}
