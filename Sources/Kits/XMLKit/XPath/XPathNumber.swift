import CXML

/// Numbers as XPath writes them (XPath 1.0 §4.2, function string).
enum XPathNumber {
  static func string(_ number: Double) -> String {
    guard let text = xmlXPathCastNumberToString(number) else { return "NaN" }
    defer { lt_xmlFree(text) }
    return String(cString: text)
  }
}
