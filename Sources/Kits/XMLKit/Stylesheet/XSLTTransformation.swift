import CXML

/// One run of a stylesheet over one document.
struct XSLTTransformation {
  let stylesheet: XSLTStylesheet
  let compilation: xsltStylesheetPtr

  private var limits: XSLTLimits { stylesheet.limits }

  func run(_ source: XMLDocument, parameters: [String: String]) throws(XMLError) -> XSLTResult {
    guard let context = xsltNewTransformContext(compilation, source.pointer) else { throw XMLError.outOfMemory }
    defer { xsltFreeTransformContext(context) }
    restrict(context)
    let collector = XMLMessageCollector(messagesLimit: limits.messages)
    var frame = XPathFrame(functions: stylesheet.functions, variables: [:])
    // The frame lives on this thread's stack for the length of the run; functions find it through the context.
    let result = withUnsafeMutablePointer(to: &frame) { frame in
      context.pointee._private = UnsafeMutableRawPointer(frame)
      defer { context.pointee._private = nil }
      return collector.collect {
        for name in stylesheet.functions.names {
          xsltRegisterExtFunction(context, name, XPathFunctionLibrary.namespace, callSwiftFunction)
        }
        for (name, value) in parameters { xsltQuoteOneUserParam(context, name, value) }
        return xsltApplyStylesheetUser(compilation, source.pointer, nil, nil, nil, context)
      }
    }
    // `dyn:evaluate` swallows errors of what it evaluates; a refusal counts all the same.
    guard let result, context.pointee.state == XSLT_STATE_OK, !frame.wantedDocument, frame.failure == nil else {
      if let result { xmlFreeDoc(result) }
      throw failure(context, collector, frame)
    }
    return XSLTResult(
      document: XMLDocument(takingOwnership: result), messages: collector.messages,
      messagesTruncated: collector.isTruncated, stylesheet: stylesheet)
  }

  /// Sets what a run may cost and touch.
  private func restrict(_ context: xsltTransformContextPtr) {
    context.pointee.opLimit = UInt(limits.operations)
    context.pointee.maxTemplateDepth = Int32(limits.templateDepth)
    context.pointee.maxTemplateVars = Int32(limits.variables)
    context.pointee.xpathCtxt.pointee.opLimit = UInt(limits.xpathOperations)
    xsltSetCtxtSecurityPrefs(Self.nothingAllowed.pointer, context)
    // The permissions alone leave names that are no URIs to an empty answer.
    // Registering a name that is there changes nothing, so it is taken out first.
    xmlXPathRegisterFunc(context.pointee.xpathCtxt, "document", nil)
    xmlXPathRegisterFunc(context.pointee.xpathCtxt, "document", refuseDocument)
  }

  private func failure(
    _ context: xsltTransformContextPtr, _ collector: XMLMessageCollector, _ frame: XPathFrame
  ) -> XMLError {
    let fault = XSLTFault(collector.fault, blankingQuoted: true)
    let path = fault.path(in: stylesheet.bundle) ?? stylesheet.bundle.path(of: stylesheet.bundle.mainName)
    func error(_ code: XMLError.Code, _ message: String) -> XMLError {
      XMLError(code, message, line: fault.line, path: path)
    }
    if context.pointee.opCount >= context.pointee.opLimit {
      return error(.limitExceeded, "the transformation exceeds the limit operations = \(limits.operations)")
    }
    if context.pointee.xpathCtxt.pointee.opCount >= context.pointee.xpathCtxt.pointee.opLimit {
      return error(.limitExceeded, "the transformation exceeds the limit xpathOperations = \(limits.xpathOperations)")
    }
    if let reason = frame.failure {
      return error(.transformationFailed, "a function of the stylesheet failed: \(reason)")
    }
    if fault.text.contains("infinite template recursion") {
      return error(.limitExceeded, "the transformation exceeds the limit templateDepth = \(limits.templateDepth)")
    }
    if frame.wantedDocument || fault.text.contains(" rights for ") || fault.text.contains(" refused") {
      return error(.referenceRefused, "the stylesheet wants to read or write a file or address, which is never allowed")
    }
    if collector.fault == nil, context.pointee.state == XSLT_STATE_STOPPED {
      return error(.transformationFailed, "the stylesheet ended the transformation with xsl:message")
    }
    return error(.transformationFailed, "the transformation failed: \(fault.text)")
  }

  /// Forbids all five things that libxslt asks permission for.
  ///
  /// `@unchecked Sendable`: filled once, only read afterwards.
  private struct NothingAllowed: @unchecked Sendable {
    let pointer: xsltSecurityPrefsPtr

    init() {
      guard let pointer = xsltNewSecurityPrefs() else { preconditionFailure("memory ran out while starting XSLT") }
      for option in [
        XSLT_SECPREF_READ_FILE, XSLT_SECPREF_WRITE_FILE, XSLT_SECPREF_CREATE_DIRECTORY, XSLT_SECPREF_READ_NETWORK,
        XSLT_SECPREF_WRITE_NETWORK,
      ] {
        let status = xsltSetSecurityPrefs(pointer, option, xsltSecurityForbid)
        precondition(status == 0, "libxslt does not know a security option")
      }
      self.pointer = pointer
    }
  }

  private static let nothingAllowed = NothingAllowed()
}

/// Stands in the place of XSLT's `document()`.
private let refuseDocument: xmlXPathFunction = { parser, _ in
  guard let parser, let context = parser.pointee.context else { return }
  XPathFrame.frame(of: context)?.pointee.wantedDocument = true
  xmlXPathErr(parser, Int32(XPATH_EXPR_ERROR.rawValue))
}
