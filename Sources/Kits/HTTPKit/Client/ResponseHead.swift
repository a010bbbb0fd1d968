/// The head of an answer as libcurl reports it, line by line.
struct ResponseHead {
  private(set) var headers = HTTPHeaders()
  /// Whether any byte of an answer has come.
  private(set) var hasBegun = false
  /// Whether the empty line at the end of the final head has come.
  private(set) var isComplete = false
  private var bytesCount = 0
  private var isInterim = false

  /// Takes a line with its end; false when the lines together exceed `bytesLimit`.
  ///
  /// A status line starts afresh, so that what an interim answer (1xx) brought is not taken for the answer's. Lines
  /// after the empty one are trailers and are left out (RFC 9110 §6.5.1).
  mutating func receive(_ line: UnsafeBufferPointer<UInt8>, bytesLimit: Int) -> Bool {
    hasBegun = true
    bytesCount += line.count
    guard bytesCount <= bytesLimit else { return false }
    if isComplete { return true }
    var content = line[...]
    while let last = content.last, last == 0x0D || last == 0x0A { content.removeLast() }
    if content.starts(with: "HTTP/".utf8) {
      headers = HTTPHeaders()
      isInterim = content.split(separator: 0x20).dropFirst().first?.first == UInt8(ascii: "1")
    } else if content.isEmpty {
      isComplete = !isInterim
    } else if let colon = content.firstIndex(of: UInt8(ascii: ":")) {
      let value = content[(colon + 1)...].trimmingSpaces()
      headers.append(
        String(decoding: content[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
    }
    return true
  }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
  /// Without the spaces and tabs at both ends (RFC 9110 §5.5).
  fileprivate func trimmingSpaces() -> Self {
    var rest = self
    while let first = rest.first, first == 0x20 || first == 0x09 { rest.removeFirst() }
    while let last = rest.last, last == 0x20 || last == 0x09 { rest.removeLast() }
    return rest
  }
}
