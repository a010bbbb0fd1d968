/// A refusal in the making: the parser throws this small value, and the border turns it into a `JSONError` with
/// sentence, line and column, so that the fast path carries no strings.
struct JSONFault: Error {
  let code: JSONError.Code
  let offset: Int

  /// The error for callers, placed in the text it was found in.
  func error(in bytes: [UInt8], limits: JSONLimits) -> JSONError {
    let place = JSONPosition(ofOffset: offset, in: bytes)
    return JSONError(
      code: code, message: sentence(limits: limits), line: place.line, column: place.column, offset: offset)
  }

  private func sentence(limits: JSONLimits) -> String {
    switch code {
    case .tooLarge: "the JSON text is larger than \(limits.bytes) bytes; send it in parts or raise the limit"
    case .tooDeep: "objects and arrays are nested deeper than \(limits.depth) levels; flatten the document"
    case .tooManyValues: "the JSON text has more than \(limits.values) values and names; send it in parts"
    case .tooManyMembers: "an object has more than \(limits.members) members; use an array or several objects"
    case .numberTooLong: "a number has more than \(limits.numberLength) characters; send it as a string"
    case .byteOrderMark: "the JSON text begins with a byte order mark; send UTF-8 without one (RFC 8259 §8.1)"
    case .unexpectedEnd: "the JSON text ends before its value is complete; send the whole text"
    case .unexpectedByte: "this character cannot stand here in a JSON text; see RFC 8259 §2"
    case .trailingBytes: "something follows after the JSON value; send exactly one value"
    case .invalidNumber: "this is no JSON number; write it like -12.5e3, without leading zeros or plus (RFC 8259 §6)"
    case .invalidEscape: "this escape is unknown; use one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX (RFC 8259 §7)"
    case .controlCharacter: "a control character stands bare in a string; write it as \\u00XX (RFC 8259 §7)"
    case .loneSurrogate: "an escaped surrogate has no partner; write both halves \\uD8XX\\uDCXX (RFC 8259 §8.2)"
    case .invalidUTF8: "these bytes are not UTF-8; send the text in UTF-8 (RFC 8259 §8.1)"
    case .duplicateName: "an object has two members of this name; keep one (RFC 8259 §4)"
    case .numberNotCanonical:
      "no IEEE 754 double holds this number, so it has no canonical form (RFC 8785 §3.2.2.3); send it as a string"
    default: preconditionFailure("no fault in a text has this code: \(code)")
    }
  }
}
