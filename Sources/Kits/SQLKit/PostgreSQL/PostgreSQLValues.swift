/// Bound values in the form libpq takes them, lent for the length of a call and not copied before.
struct PostgreSQLValues {
  private(set) var pointers: [UnsafePointer<CChar>?] = []
  private(set) var lengths: [Int32] = []
  /// 0: text with a NUL at its end; 1: the type's binary form.
  private(set) var formats: [Int32] = []

  static func lend<Result>(_ values: [SQLValue], _ body: (PostgreSQLValues) -> Result) -> Result {
    var lent = PostgreSQLValues()
    lent.pointers.reserveCapacity(values.count)
    lent.lengths.reserveCapacity(values.count)
    lent.formats.reserveCapacity(values.count)
    return lent.lend(values[...], body)
  }

  /// One level of calls for each value: each pointer is valid only inside the closure that lends it.
  private mutating func lend<Result>(
    _ values: ArraySlice<SQLValue>, _ body: (PostgreSQLValues) -> Result
  ) -> Result {
    guard let value = values.first else { return body(self) }
    let others = values.dropFirst()
    switch value {
    case .null:
      append(nil, count: 0, format: 1)
      return lend(others, body)
    case .integer(let number):
      // As digits: the server then takes them for whatever width the parameter has.
      return String(number).withCString { digits in
        append(digits, count: 0, format: 0)
        return lend(others, body)
      }
    case .text(var text):
      // In text's binary form, which is its bytes with their count: a NUL inside is refused by the server instead of
      // cutting the text off there.
      return text.withUTF8 { bytes in
        append(bytes, format: 1)
        return lend(others, body)
      }
    case .blob(let bytes):
      return bytes.withUnsafeBufferPointer { bytes in
        append(bytes, format: 1)
        return lend(others, body)
      }
    }
  }

  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, format: Int32) {
    // An empty buffer may have no address, which libpq would take for NULL.
    let start = bytes.baseAddress.map { UnsafeRawPointer($0) } ?? Self.emptyBytes
    append(start.assumingMemoryBound(to: CChar.self), count: Int32(bytes.count), format: format)
  }

  private mutating func append(_ pointer: UnsafePointer<CChar>?, count: Int32, format: Int32) {
    pointers.append(pointer)
    lengths.append(count)
    formats.append(format)
  }

  private static var emptyBytes: UnsafeRawPointer {
    let text: StaticString = ""
    return UnsafeRawPointer(text.utf8Start)
  }
}
