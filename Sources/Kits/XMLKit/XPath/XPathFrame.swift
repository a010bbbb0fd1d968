import CXML

/// What one evaluation lends to libxml2's callbacks: variables and Swift functions in, the reason of a failure out.
///
/// It lives on the evaluating thread's stack for the length of the evaluation.
struct XPathFrame {
  let functions: XPathFunctionLibrary
  let variables: [String: XPathValue]
  /// Why a function refused to answer.
  var failure: String?
  /// True when a stylesheet asked for another document.
  var wantedDocument = false

  /// The frame lent to an evaluation, directly or through the transformation that it is part of: libxslt keeps its own
  /// context in `extra`.
  static func frame(of context: xmlXPathContextPtr) -> UnsafeMutablePointer<XPathFrame>? {
    if let transformation = context.pointee.extra?.assumingMemoryBound(to: xsltTransformContext.self) {
      return transformation.pointee._private?.assumingMemoryBound(to: XPathFrame.self)
    }
    return context.pointee.varLookupData?.assumingMemoryBound(to: XPathFrame.self)
  }

  static let lookUpVariable: xmlXPathVariableLookupFunc = { data, name, namespace in
    guard let data, let name, namespace == nil else { return nil }
    let frame = data.assumingMemoryBound(to: XPathFrame.self)
    return frame.pointee.variables[String(cString: name)]?.makeObject()
  }
}

/// Called by libxml2 for every function of a `XPathFunctionLibrary`; which one is in the context.
func callSwiftFunction(_ parser: xmlXPathParserContextPtr?, _ count: Int32) {
  guard let parser, let context = parser.pointee.context else { return }
  var arguments: [XPathFunction.Argument] = []
  for _ in 0..<count {
    guard let object = valuePop(parser) else { break }
    arguments.append(XPathFunction.Argument(copying: object))
    xmlXPathFreeObject(object)
  }
  arguments.reverse()
  let name = context.pointee.function.map { String(cString: $0) } ?? ""
  switch XPathCall(name: name, arguments: arguments, context: context).answer() {
  case .success(let answer):
    valuePush(parser, answer.makeObject())
  case .failure(let failure):
    XPathCall.note(failure.reason, in: context)
    xmlXPathErr(parser, Int32(XPATH_EXPR_ERROR.rawValue))
  }
}

/// One call of a Swift function.
struct XPathCall {
  let name: String
  let arguments: [XPathFunction.Argument]
  let context: xmlXPathContextPtr

  func answer() -> Result<XPathFunction.Answer, XPathFunction.Failure> {
    guard let function = Self.functions(of: context)?[name] else {
      return .failure(XPathFunction.Failure("there is no function lt:\(name)"))
    }
    guard function.arity.contains(arguments.count) else {
      return .failure(
        XPathFunction.Failure(
          "lt:\(name) takes \(function.arity.lowerBound) to \(function.arity.upperBound) arguments, not \(arguments.count)"
        ))
    }
    do throws(XPathFunction.Failure) {
      return .success(try function.body(arguments))
    } catch {
      return .failure(error)
    }
  }

  static func note(_ reason: String, in context: xmlXPathContextPtr) {
    XPathFrame.frame(of: context)?.pointee.failure = reason
  }

  private static func functions(of context: xmlXPathContextPtr) -> XPathFunctionLibrary? {
    XPathFrame.frame(of: context)?.pointee.functions
  }
}

extension XPathFunction.Argument {
  init(copying object: xmlXPathObjectPtr) {
    switch object.pointee.type {
    case XPATH_NUMBER: self = .number(object.pointee.floatval)
    case XPATH_BOOLEAN: self = .boolean(object.pointee.boolval != 0)
    case XPATH_NODESET, XPATH_XSLT_TREE:
      var texts: [String] = []
      if let set = object.pointee.nodesetval {
        if set.pointee.nodeNr > 1 { xmlXPathNodeSetSort(set) }
        for index in 0..<Int(set.pointee.nodeNr) {
          guard let node = set.pointee.nodeTab[index] else { continue }
          texts.append(XPathObject.text(of: node))
        }
      }
      self = .nodes(texts)
    default: self = .string(object.pointee.stringval.map { String(cString: $0) } ?? "")
    }
  }
}

extension XPathFunction.Answer {
  /// libxml2's object of this value, owned by the caller.
  func makeObject() -> xmlXPathObjectPtr? {
    switch self {
    case .string(let string): xmlXPathNewString(string)
    case .number(let number): xmlXPathNewFloat(number)
    case .boolean(let boolean): xmlXPathNewBoolean(boolean ? 1 : 0)
    }
  }
}
