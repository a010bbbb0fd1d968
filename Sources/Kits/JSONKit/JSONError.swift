/// Why a JSON text, pointer or schema was refused, and where.
///
/// The sentence says what is wrong and what would be right; it never contains a value of the document.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The closed list of reasons.
  package enum Code: String, Sendable, CaseIterable {
    case tooLarge, tooDeep, tooManyValues, tooManyMembers, numberTooLong
    case byteOrderMark, unexpectedEnd, unexpectedByte, trailingBytes
    case invalidNumber, invalidEscape, controlCharacter, loneSurrogate, invalidUTF8, duplicateName
    case invalidPointer
    case numberNotCanonical
    case invalidSchema, unknownKeyword, unresolvedReference, invalidPattern, schemaTooLarge
  }

  package let code: Code
  /// One sentence with the remedy.
  package let message: String
  /// 1-based line of the fault.
  package let line: Int
  /// 1-based column of the fault, counted in Unicode scalars.
  package let column: Int
  /// Byte offset of the fault.
  package let offset: Int
  /// Where in the document or schema the fault lies, as a URI or JSON Pointer, when the place has a name.
  package let path: String?

  package init(code: Code, message: String, line: Int, column: Int, offset: Int, path: String? = nil) {
    self.code = code
    self.message = message
    self.line = line
    self.column = column
    self.offset = offset
    self.path = path
  }

  package var description: String {
    "\(line):\(column): \(message)" + (path.map { " [at \($0)]" } ?? "")
  }
}
