import CXML

/// Makes libxml2's evaluation contexts and answers which functions exist.
enum XPathContext {
  /// Namespaces of EXSLT and of this kit under the prefixes that need no declaration.
  static let wellKnownPrefixes = [
    "lt": XPathFunctionLibrary.namespace,
    "str": "http://exslt.org/strings",
    "date": "http://exslt.org/dates-and-times",
    "math": "http://exslt.org/math",
    "set": "http://exslt.org/sets",
  ]

  /// A context for expressions on `document`, owned by the caller.
  static func make(for document: xmlDocPtr?) -> xmlXPathContextPtr {
    guard let context = xmlXPathNewContext(document) else {
      preconditionFailure("memory ran out while an XPath context was made")
    }
    context.pointee.error = ignoreStructuredError
    context.pointee.funcLookupFunc = lookUpFunction
    context.pointee.varLookupFunc = XPathFrame.lookUpVariable
    // Positions of the one context node, which libxml2 leaves unset for expressions outside of a step.
    context.pointee.contextSize = 1
    context.pointee.proximityPosition = 1
    xmlXPathContextSetCache(context, 1, -1, 0)
    return context
  }

  /// True when `name` is a function of XPath 1.0, or of EXSLT under its namespace.
  static func isKnownFunction(_ name: String, namespace: String?) -> Bool {
    xmlXPathFunctionLookupNS(standard.context, name, namespace) != nil
  }

  /// The functions of XPath and EXSLT, filled once and only read afterwards.
  ///
  /// Registering EXSLT's forty functions in every document's context would cost more than evaluating in it.
  private struct Standard: @unchecked Sendable {
    // `@unchecked`: after the initialiser nothing writes to the context; lookups read its hash tables, which is safe
    // from many threads (libxml2's hash tables have no hidden state).
    let context: xmlXPathContextPtr

    init() {
      XMLLibrary.start()
      guard let context = xmlXPathNewContext(nil) else { preconditionFailure("memory ran out while starting XPath") }
      exsltStrXpathCtxtRegister(context, "str")
      exsltDateXpathCtxtRegister(context, "date")
      exsltMathXpathCtxtRegister(context, "math")
      exsltSetsXpathCtxtRegister(context, "set")
      self.context = context
    }
  }

  private static let standard = Standard()

  private static let lookUpFunction: xmlXPathFuncLookupFunc = { _, name, namespace in
    // Functions without namespace are in the document's own context.
    guard let name, let namespace else { return nil }
    if xmlStrEqual(namespace, XPathFunctionLibrary.namespace) == 1 { return callSwiftFunction }
    return xmlXPathFunctionLookupNS(standard.context, name, namespace)
  }
}
