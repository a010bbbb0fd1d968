import CXML

extension XMLNode {
  /// The namespace that a prefix stands for at this element; with nil, the default namespace. Nil where it is bound to
  /// none: values such as the `type` of a schema are names too, and only the element around them says what they mean.
  package func namespace(ofPrefix prefix: String?) -> String? {
    guard let found = xmlSearchNs(document.pointer, pointer, prefix), let uri = found.pointee.href, uri.pointee != 0
    else { return nil }
    return String(cString: uri)
  }
}
