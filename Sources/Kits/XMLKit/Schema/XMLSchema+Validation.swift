import CXML

extension XMLSchema {
  /// Checks a document, or the tree under one element of it; empty when it is valid.
  ///
  /// Findings come in the order of the document, at most `XMLSchemaLimits.findings` of them. Hints of the document
  /// about where its schema is are ignored.
  package func validate(_ document: XMLDocument, at element: XMLNode? = nil) -> [XMLSchemaFinding] {
    guard let context = xmlSchemaNewValidCtxt(pointer) else {
      preconditionFailure("memory ran out while a validation was begun")
    }
    defer { xmlSchemaFreeValidCtxt(context) }
    let collector = XMLSchemaFindingCollector(document: document, limit: limits.findings)
    // The collector outlives the validation, which is over when this function returns.
    xmlSchemaSetValidStructuredErrors(
      context,
      { data, error in
        guard let data, let error else { return }
        Unmanaged<XMLSchemaFindingCollector>.fromOpaque(data).takeUnretainedValue().take(error.pointee)
      }, Unmanaged.passUnretained(collector).toOpaque())
    let status =
      if let element { xmlSchemaValidateOneElement(context, element.pointer) } else {
        xmlSchemaValidateDoc(context, document.pointer)
      }
    return withExtendedLifetime(collector) { collector.finish(status: status) }
  }
}
