import CXML

/// What libxml2 found wrong first, copied whole while it was reported.
struct XMLParseFault {
  private let code: xmlParserErrors
  private let names: [String]

  init(copying error: xmlError) {
    code = xmlParserErrors(rawValue: UInt32(bitPattern: error.code))
    // Only these codes carry names of elements, attributes or prefixes; the strings of others may be document text.
    let carriesNames: Set<UInt32> = [
      XML_ERR_TAG_NAME_MISMATCH.rawValue, XML_ERR_ATTRIBUTE_REDEFINED.rawValue, XML_ERR_UNDECLARED_ENTITY.rawValue,
      XML_NS_ERR_UNDEFINED_NAMESPACE.rawValue, XML_NS_ERR_ATTRIBUTE_REDEFINED.rawValue,
    ]
    names =
      carriesNames.contains(code.rawValue)
      ? [error.str1, error.str2].compactMap { $0.map { String(cString: $0) } } : []
  }

  /// A zero byte behind the root element.
  static let zeroByte = XMLParseFault(code: XML_ERR_INVALID_CHAR, names: [])

  private init(code: xmlParserErrors, names: [String]) {
    self.code = code
    self.names = names
  }

  func error(line: Int, column: Int) -> XMLError {
    XMLError(
      code == XML_ERR_NO_MEMORY ? .outOfMemory : .notWellFormed, sentence, line: line, column: column)
  }

  private var sentence: String {
    switch code {
    case XML_ERR_DOCUMENT_EMPTY, XML_ERR_DOCUMENT_START: "the document does not begin with an element"
    case XML_ERR_DOCUMENT_END: "there is something behind the end of the root element"
    case XML_ERR_INVALID_CHAR: "there is a character that XML 1.0 does not allow"
    case XML_ERR_INVALID_CHARREF: "a character reference names a character that XML 1.0 does not allow"
    case XML_ERR_INVALID_ENCODING, XML_I18N_CONV_FAILED: "the bytes are not valid UTF-8"
    case XML_ERR_UNDECLARED_ENTITY:
      "the entity \(quoted(0)) is not declared; only lt, gt, amp, quot and apos exist here"
    case XML_ERR_ENTITYREF_SEMICOL_MISSING, XML_ERR_NAME_REQUIRED:
      "a name is missing or an ampersand is not written as &amp;"
    case XML_ERR_LT_IN_ATTRIBUTE: "an attribute value has a '<'; write it as &lt;"
    case XML_ERR_ATTRIBUTE_NOT_STARTED, XML_ERR_ATTRIBUTE_NOT_FINISHED, XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
      "an attribute has no value in quotes"
    case XML_ERR_ATTRIBUTE_REDEFINED, XML_NS_ERR_ATTRIBUTE_REDEFINED: "the attribute \(quoted(0)) is given twice"
    case XML_ERR_TAG_NAME_MISMATCH: "the end tag \(quoted(1)) does not match the start tag \(quoted(0))"
    case XML_ERR_TAG_NOT_FINISHED: "the document ends inside an element"
    case XML_ERR_GT_REQUIRED: "a tag is not closed with '>'"
    case XML_ERR_LTSLASH_REQUIRED: "an end tag is missing"
    case XML_ERR_CDATA_NOT_FINISHED: "a CDATA section is not finished"
    case XML_ERR_COMMENT_NOT_FINISHED, XML_ERR_HYPHEN_IN_COMMENT: "a comment is not finished or has '--' inside"
    case XML_ERR_PI_NOT_FINISHED: "a processing instruction is not finished"
    case XML_ERR_MISPLACED_CDATA_END: "']]>' stands in text; write it as ]]&gt;"
    case XML_ERR_XMLDECL_NOT_STARTED, XML_ERR_XMLDECL_NOT_FINISHED, XML_ERR_VERSION_MISSING, XML_ERR_UNKNOWN_VERSION:
      "the XML declaration is not valid"
    case XML_ERR_RESERVED_XML_NAME: "an XML declaration stands elsewhere than at the very beginning"
    case XML_ERR_NAME_TOO_LONG: "a name is longer than libxml2 reads"
    case XML_NS_ERR_UNDEFINED_NAMESPACE: "the namespace prefix \(quoted(0)) is not declared"
    case XML_ERR_INTERNAL_ERROR: "a text is longer than the ten million bytes libxml2 reads"
    default: "the document is not well-formed (libxml2 code \(code.rawValue))"
    }
  }

  private func quoted(_ index: Int) -> String {
    index < names.count ? "\"\(names[index])\"" : "(unnamed)"
  }
}
