import CCrypto

/// One entry of libcrypto's error stack, copied out of C.
package struct CryptographyStackEntry: Sendable, Equatable, CustomStringConvertible {
  /// The packed number, as `openssl errstr` takes it.
  package let number: UInt
  package let library: String
  package let reason: String
  /// libcrypto's source file and line.
  package let place: String
  /// What libcrypto adds to this entry, such as the name of an unsupported algorithm; often empty.
  package let detail: String

  package var description: String {
    "\(library): \(reason)\(detail.isEmpty ? "" : " (\(detail))") [\(place)]"
  }

  /// More entries than this are dropped; libcrypto itself keeps 16.
  private static let countLimit = 32

  /// Takes every entry off this thread's stack, the oldest first.
  static func takeAll() -> [CryptographyStackEntry] {
    var entries: [CryptographyStackEntry] = []
    while entries.count < countLimit {
      // The three strings belong to libcrypto and stay valid until the next call; they are copied before it.
      var file: UnsafePointer<CChar>?
      var line: Int32 = 0
      var data: UnsafePointer<CChar>?
      var flags: Int32 = 0
      let number = ERR_get_error_all(&file, &line, nil, &data, &flags)
      guard number != 0 else { break }
      entries.append(
        CryptographyStackEntry(
          number: number,
          library: ERR_lib_error_string(number).map { String(cString: $0) } ?? "libcrypto",
          reason: ERR_reason_error_string(number).map { String(cString: $0) } ?? "reason \(number & 0x7FFFFF)",
          place: "\(file.map { String(cString: $0) } ?? "?"):\(line)",
          detail: flags & ERR_TXT_STRING != 0 ? data.map { String(cString: $0) } ?? "" : ""))
    }
    ERR_clear_error()
    return entries
  }
}
