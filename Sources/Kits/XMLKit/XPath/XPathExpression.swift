import CXML

/// A compiled XPath 1.0 expression that any number of threads may evaluate at the same time.
///
/// libxml2 caches looked-up functions inside a compiled expression, so one compilation must never serve two threads at
/// once: each evaluation checks a compilation out of a small free list and returns it afterwards.
///
/// Besides XPath's own functions there are those of EXSLT strings, dates, math and sets, and the given library's under
/// the prefix `lt`. Prefixes and functions are checked when the expression is made, not when it first runs.
package final class XPathExpression: Sendable {
  /// The expression as written.
  package let source: String
  /// Names of the variables it refers to, without `$`.
  package let variableNames: Set<String>

  private let namespaces: XPathNamespaces
  private let functions: XPathFunctionLibrary
  private let limits: XPathLimits
  /// Set for what is walked without libxml2's evaluator, which is most of what mappings ask.
  private let walk: XPathWalk?
  /// Borrowed from `walk`, one of them at most. Threads that translate by one mapping share its expressions, and would
  /// otherwise pass their reference counts to and fro at every evaluation.
  private let walkedNodes: Unmanaged<XPathNodeSet>?
  private let truth: Unmanaged<XPathTruth>?
  private let text: Unmanaged<XPathText>?
  private let pool: CheckoutPool<xmlXPathCompExprPtr>

  /// Compiles `source`.
  ///
  /// - Parameters:
  ///   - namespaces: namespace by prefix. `lt`, `str`, `date`, `math` and `set` are known without saying.
  ///   - functions: what the prefix `lt` offers.
  ///   - isWalked: false leaves everything to libxml2's evaluator, which walking is compared with.
  package init(
    _ source: String, namespaces: [String: String] = [:], functions: XPathFunctionLibrary = .empty,
    limits: XPathLimits = .standard, isWalked: Bool = true
  ) throws(XMLError) {
    XMLLibrary.start()
    let prefixes = XPathContext.wellKnownPrefixes.merging(namespaces) { _, given in given }
    let compilation = try XPathCompilation.compile(source)
    let names = XPathNames(of: source)
    try names.check(source: source, prefixes: prefixes, functions: functions)
    self.source = source
    self.functions = functions
    self.limits = limits
    variableNames = names.variables
    self.namespaces = XPathNamespaces(prefixes.filter { names.prefixes.contains($0.key) })
    // What libxml2 takes and is no XPath 1.0 has no syntax here, and is libxml2's to evaluate.
    let syntax = isWalked ? try? XPathSyntax(source) : nil
    walk = syntax.flatMap { XPathWalkCompiler(prefixes: prefixes).walk($0.root) }
    walkedNodes = walk?.nodes.map { Unmanaged.passUnretained($0) }
    truth = walk?.truth.map { Unmanaged.passUnretained($0) }
    text = walk?.text.map { Unmanaged.passUnretained($0) }
    pool = CheckoutPool(compilation) { xmlXPathFreeCompExpr($0) }
  }

  /// Whether it is nothing but a path of names, without predicates.
  package var isPath: Bool { walk?.nodes?.isPlain ?? false }

  /// Whether it is evaluated without libxml2's evaluator.
  package var isWalked: Bool { walk != nil }

  /// Lends the text of the first node in document order of what is walked to; false where there is none or it is empty, and of an
  /// expression that is not walked. The node itself is nobody's, so that finding it retains nothing.
  package func withFirstText(at node: XMLNode, _ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Bool {
    guard let found = walkedNodes?._withUnsafeGuaranteedRef({ $0.first(at: node.pointer) }) else { return false }
    return found.withTextBytes { bytes in
      if bytes.isEmpty { return false }
      body(bytes)
      return true
    }
  }

  /// The value at `node`.
  package func evaluate(at node: XMLNode, variables: [String: XPathValue] = [:]) throws(XMLError) -> XPathValue {
    if walkedNodes != nil { return .nodes(try nodes(at: node)) }
    if truth != nil { return .boolean(try boolean(at: node)) }
    if text != nil { return .string(try string(at: node)) }
    return try withObject(at: node, variables) { XPathObject.value(of: $0, document: node.document) }
  }

  /// The value as a node-set in document order, without namespace nodes; an error when the expression yields none.
  package func nodes(at node: XMLNode, variables: [String: XPathValue] = [:]) throws(XMLError) -> [XMLNode] {
    if let walkedNodes {
      var nodes: [XMLNode] = []
      walkedNodes._withUnsafeGuaranteedRef {
        $0.forEach(at: node.pointer) { nodes.append(XMLNode(document: node.document, pointer: $0)) }
      }
      return nodes
    }
    let nodes = try withObject(at: node, variables) { object -> [XMLNode]? in
      guard object.pointee.type == XPATH_NODESET || object.pointee.type == XPATH_XSLT_TREE else { return nil }
      return XPathObject.nodes(of: object, document: node.document)
    }
    guard let nodes else {
      throw XMLError(.evaluationFailed, "the expression \"\(source)\" yields no nodes but a single value")
    }
    return nodes
  }

  /// The value as XPath's `string()` converts it: of nodes the first one's text, empty when there is none.
  package func string(at node: XMLNode, variables: [String: XPathValue] = [:]) throws(XMLError) -> String {
    try withStringBytes(at: node, variables: variables) { String(decoding: $0, as: UTF8.self) }
  }

  /// Lends the bytes of the value as XPath's `string()` converts it; text of the tree is not copied.
  package func withStringBytes<Result>(
    at node: XMLNode, variables: [String: XPathValue] = [:], _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) throws(XMLError) -> Result {
    if let walkedNodes {
      guard let found = walkedNodes._withUnsafeGuaranteedRef({ $0.first(at: node.pointer) }) else {
        return body(UnsafeBufferPointer(start: nil, count: 0))
      }
      return found.withTextBytes(body)
    }
    if let truth {
      return Self.lend(truth._withUnsafeGuaranteedRef { $0.holds(at: node.pointer) } ? "true" : "false", body)
    }
    if let text {
      var result: Result?
      text._withUnsafeGuaranteedRef { $0.lend(at: node.pointer) { result = body($0) } }
      guard let result else { preconditionFailure("a text is lent once") }
      return result
    }
    return try withObject(at: node, variables) { XPathObject.withStringBytes(of: $0, body) }
  }

  private static func lend<Result>(_ word: StaticString, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    word.withUTF8Buffer(body)
  }

  /// The value as XPath's `boolean()` converts it: of nodes whether there are any.
  package func boolean(at node: XMLNode, variables: [String: XPathValue] = [:]) throws(XMLError) -> Bool {
    if let walkedNodes { return walkedNodes._withUnsafeGuaranteedRef { $0.first(at: node.pointer) } != nil }
    if let truth { return truth._withUnsafeGuaranteedRef { $0.holds(at: node.pointer) } }
    return try withObject(at: node, variables) { xmlXPathCastToBoolean($0) != 0 }
  }

  /// The value as XPath's `number()` converts it; NaN for what is no number.
  package func number(at node: XMLNode, variables: [String: XPathValue] = [:]) throws(XMLError) -> Double {
    try withObject(at: node, variables) { xmlXPathCastToNumber($0) }
  }

  /// Evaluates and lends the result object.
  func withObject<Result>(
    at node: XMLNode, _ variables: [String: XPathValue], _ body: (xmlXPathObjectPtr) -> Result
  ) throws(XMLError) -> Result {
    let compilation = try pool.checkOut { () throws(XMLError) in try XPathCompilation.compile(source) }
    defer { pool.checkIn(compilation) }
    let context = node.document.xpathContext
    context.pointee.node = node.pointer
    context.pointee.opLimit = UInt(limits.operations)
    context.pointee.opCount = 0
    namespaces.lend(to: context)
    var frame = XPathFrame(functions: functions, variables: variables)
    let object = withUnsafeMutablePointer(to: &frame) { frame in
      context.pointee.varLookupData = UnsafeMutableRawPointer(frame)
      defer { context.pointee.varLookupData = nil }
      return xmlXPathCompiledEval(compilation, context)
    }
    guard let object else { throw failure(in: context, frame: frame, node: node) }
    defer { xmlXPathFreeObject(object) }
    return body(object)
  }

  private func failure(in context: xmlXPathContextPtr, frame: XPathFrame, node: XMLNode) -> XMLError {
    let code = context.pointee.lastError.code
    let path = node.path
    if code == Int32(XML_XPATH_EXPRESSION_OK.rawValue) + Int32(XPATH_OP_LIMIT_EXCEEDED.rawValue) {
      return XMLError(
        .limitExceeded, "the expression \"\(source)\" exceeds the limit operations = \(limits.operations)", path: path)
    }
    let reason = frame.failure ?? XPathCompilation.sentence(for: code)
    return XMLError(.evaluationFailed, "the expression \"\(source)\" failed: \(reason)", path: path)
  }
}
