import CXML

/// Compiles expressions and tells what libxml2's error codes mean.
enum XPathCompilation {
  /// A compiled form of `source` for one thread at a time, owned by the caller.
  static func compile(_ source: String) throws(XMLError) -> xmlXPathCompExprPtr {
    guard !source.utf8.contains(0) else {
      throw XMLError(.expressionInvalid, "an XPath expression has no zero bytes")
    }
    guard let context = xmlXPathNewContext(nil) else { throw XMLError.outOfMemory }
    defer { xmlXPathFreeContext(context) }
    context.pointee.error = ignoreStructuredError
    guard let pointer = xmlXPathCtxtCompile(context, source) else {
      let error = context.pointee.lastError
      let before = String(decoding: source.utf8.prefix(Int(error.int1)), as: UTF8.self)
      throw XMLError(
        .expressionInvalid, "the expression \"\(source)\" is not valid: \(Self.sentence(for: error.code))", line: 1,
        column: before.unicodeScalars.count + 1)
    }
    return pointer
  }

  /// What an XPath error code of libxml2 means.
  static func sentence(for code: Int32) -> String {
    switch Int(code) - Int(XML_XPATH_EXPRESSION_OK.rawValue) {
    case Int(XPATH_NUMBER_ERROR.rawValue): "a number is not well formed"
    case Int(XPATH_UNFINISHED_LITERAL_ERROR.rawValue): "a string is not closed"
    case Int(XPATH_VARIABLE_REF_ERROR.rawValue): "a variable has no name"
    case Int(XPATH_UNDEF_VARIABLE_ERROR.rawValue): "a variable is not given"
    case Int(XPATH_INVALID_PREDICATE_ERROR.rawValue): "a predicate is not valid"
    case Int(XPATH_UNCLOSED_ERROR.rawValue): "a bracket is not closed"
    case Int(XPATH_UNKNOWN_FUNC_ERROR.rawValue): "a function does not exist"
    case Int(XPATH_INVALID_OPERAND.rawValue): "an operand is not valid"
    case Int(XPATH_INVALID_TYPE.rawValue): "a value is of the wrong type, such as a string where nodes are needed"
    case Int(XPATH_INVALID_ARITY.rawValue): "a function is called with the wrong number of arguments"
    case Int(XPATH_UNDEF_PREFIX_ERROR.rawValue): "a namespace prefix is not declared"
    case Int(XPATH_INVALID_CHAR_ERROR.rawValue), Int(XPATH_ENCODING_ERROR.rawValue): "a character is not allowed"
    case Int(XPATH_STACK_ERROR.rawValue): "it is nested too deeply"
    case Int(XPATH_OP_LIMIT_EXCEEDED.rawValue): "it takes more steps than its limit"
    default: "it cannot be read here"
    }
  }
}
