/// Why a schema cannot be compiled, and at which value of which document; becomes a `JSONError` at the border.
struct JSONSchemaProblem: Error {
  let code: JSONError.Code
  let message: String
  let value: JSONValue

  init(_ code: JSONError.Code, _ message: String, at value: JSONValue) {
    self.code = code
    self.message = message
    self.value = value
  }

  func error(path: String) -> JSONError {
    let place = value.position
    return JSONError(
      code: code, message: message, line: place.line, column: place.column, offset: value.byteRange.lowerBound,
      path: path)
  }
}
