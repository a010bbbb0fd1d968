import CXML

/// A compiled XSLT 1.0 stylesheet with EXSLT that any number of threads may transform with at the same time.
///
/// It can read nothing but the given document and write nothing at all: `document()`, `exsl:document` and their kin end
/// the transformation with an error. libxslt caches functions inside its compiled expressions, so each transformation
/// checks a compilation out of a pool, as `XPathExpression` does; the files are read once.
package final class XSLTStylesheet: Sendable {
  let bundle: XMLFileBundle
  let functions: XPathFunctionLibrary
  let limits: XSLTLimits
  private let pool: CheckoutPool<xsltStylesheetPtr>
  /// True when it asks to strip white space, which libxslt does in the source tree itself.
  let altersSource: Bool

  /// Compiles the stylesheet in a file with everything it imports and includes, which must be under `root`: the file's
  /// own folder unless given.
  ///
  /// `rewriting` is given the path and the text of each file and answers the text that is compiled in its place.
  package convenience init(
    contentsOf path: String, root: String? = nil, functions: XPathFunctionLibrary = .empty,
    limits: XSLTLimits = .standard,
    rewriting: (String, [UInt8]) throws(XMLError) -> [UInt8] = { _, text throws(XMLError) in text }
  ) throws(XMLError) {
    XMLLibrary.start()
    let bundle = try XMLFileBundle(
      contentsOf: path, root: root, language: .stylesheet,
      limits: XMLFileBundle.Limits(files: limits.files, fileBytes: limits.fileBytes), rewriting: rewriting)
    try self.init(bundle: bundle, functions: functions, limits: limits)
  }

  /// Compiles a stylesheet that stands for itself, without imports and includes.
  package convenience init(
    parsing text: [UInt8], functions: XPathFunctionLibrary = .empty, limits: XSLTLimits = .standard
  ) throws(XMLError) {
    XMLLibrary.start()
    let bundle = try XMLFileBundle(
      text: text, language: .stylesheet,
      limits: XMLFileBundle.Limits(files: limits.files, fileBytes: limits.fileBytes))
    try self.init(bundle: bundle, functions: functions, limits: limits)
  }

  private init(bundle: XMLFileBundle, functions: XPathFunctionLibrary, limits: XSLTLimits) throws(XMLError) {
    let first = try Self.compile(bundle)
    self.bundle = bundle
    self.functions = functions
    self.limits = limits
    altersSource = first.pointee.stripSpaces != nil || first.pointee.stripAll != 0
    pool = CheckoutPool(first) { xsltFreeStylesheet($0) }
  }

  /// Transforms `document`, which stays as it is.
  ///
  /// - Parameter parameters: values of the stylesheet's global parameters, given as strings, never as expressions.
  package func transform(_ document: XMLDocument, parameters: [String: String] = [:]) throws(XMLError) -> XSLTResult {
    let compilation = try pool.checkOut { () throws(XMLError) in try Self.compile(bundle) }
    defer { pool.checkIn(compilation) }
    return try XSLTTransformation(stylesheet: self, compilation: compilation).run(
      altersSource ? document.copy() : document, parameters: parameters)
  }

  func serialise(_ result: XMLDocument) -> [UInt8] {
    guard let compilation = try? pool.checkOut(orMake: { try Self.compile(bundle) }) else {
      preconditionFailure("a stylesheet that compiled before does not compile again")
    }
    defer { pool.checkIn(compilation) }
    var text: UnsafeMutablePointer<UInt8>?
    var count: Int32 = 0
    let status = xsltSaveResultToString(&text, &count, result.pointer, compilation)
    precondition(status == 0, "memory ran out while serialising")
    // A result without any node has no text.
    guard let text else { return [] }
    defer { lt_xmlFree(text) }
    return [UInt8](UnsafeBufferPointer(start: text, count: Int(count)))
  }

  private static func compile(_ bundle: XMLFileBundle) throws(XMLError) -> xsltStylesheetPtr {
    let collector = XMLMessageCollector(messagesLimit: 0)
    let compiled = XMLLoadScope(files: bundle.files).withFilesLent {
      collector.collect { xsltParseStylesheetFile(bundle.mainName) }
    }
    guard let compiled, compiled.pointee.errors == 0, collector.fault == nil else {
      if let compiled { xsltFreeStylesheet(compiled) }
      let fault = XSLTFault(collector.fault, blankingQuoted: false)
      throw XMLError(
        .stylesheetInvalid, "the stylesheet cannot be used: \(fault.text)", line: fault.line,
        path: fault.path(in: bundle) ?? bundle.path(of: bundle.mainName))
    }
    return compiled
  }
}
