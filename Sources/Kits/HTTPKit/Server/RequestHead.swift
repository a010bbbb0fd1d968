import CMicrohttpd
import Glibc

/// The head of a request, checked against what the library lets through (RFC 9112 §3, §5, §6.3).
///
/// The library parses the head in place: it writes zeros over the delimiters and leaves everything else where it was
/// received. So each name must begin where the line before it ended, and the last must end where the head ends; a NUL
/// in a value, a lone line feed, a folded line or an empty name (which the library takes for the end of the head)
/// breaks that chain, however the library reads it. What a peer could use to make us and a proxy before us see two
/// different requests is refused here, before anything is believed.
struct RequestHead {
  let method: HTTPMethod
  let target: String
  let path: [String]
  let query: HTTPQuery
  let headers: HTTPHeaders
  /// Nil when the body is chunked.
  let contentLength: Int?
  let expectsContinue: Bool

  /// Reads the head of the connection's current request, or says what it is refused for.
  static func read(
    _ connection: OpaquePointer, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>,
    target: [UInt8], targetStart: UnsafeRawPointer?, limits: HTTPServerLimits
  ) -> Result<RequestHead, Refused> {
    let size = lt_mhd_head_size(connection)
    guard size <= limits.headBytes else { return .failure(Refused(.headTooLarge)) }
    let start = UnsafeRawPointer(method)
    let methodBytes = UnsafeRawBufferPointer(start: start, count: strlen(method))
    let versionBytes = UnsafeRawBufferPointer(start: version, count: strlen(version))
    guard HTTPToken.isToken(methodBytes), !target.isEmpty, targetStart == start + methodBytes.count + 1,
      UnsafeRawPointer(version) == start + methodBytes.count + target.count + 2
    else { return .failure(Refused(.malformedHead)) }
    let isOld = versionBytes.elementsEqual("HTTP/1.0".utf8)
    guard isOld || versionBytes.elementsEqual("HTTP/1.1".utf8) else { return .failure(Refused(.unsupportedVersion)) }

    let firstName = UnsafeRawPointer(version) + versionBytes.count + 2
    let end = start + size
    guard firstName <= end - 2 else { return .failure(Refused(.malformedHead)) }
    var collector = FieldCollector(
      headers: HTTPHeaders(
        takingOver: Array(UnsafeRawBufferPointer(start: firstName, count: end - firstName)),
        fieldsReserved: 12),
      origin: firstName, next: firstName, end: end, fieldsLimit: limits.headFields)
    _ = withUnsafeMutablePointer(to: &collector) {
      // The library calls back before this returns, and keeps no pointer.
      MHD_get_connection_values_n(connection, .HEADER_KIND, collectField, $0)
    }
    if collector.refusal == nil, collector.next != end - 2 { collector.refusal = .malformedHead }
    if let refusal = collector.refusal ?? collector.framingRefusal(isOld: isOld) { return .failure(Refused(refusal)) }
    guard let parsed = HTTPTarget(parsing: target) else { return .failure(Refused(.malformedTarget)) }
    return .success(
      RequestHead(
        method: HTTPMethod(rawValue: String(decoding: methodBytes, as: UTF8.self)),
        target: String(decoding: target, as: UTF8.self), path: parsed.path, query: parsed.query,
        headers: collector.headers, contentLength: collector.isChunked ? nil : collector.contentLength ?? 0,
        expectsContinue: collector.expectsContinue && !isOld))
  }

  /// A refusal as an error, for `Result`.
  struct Refused: Error {
    let refusal: HTTPRefusal
    init(_ refusal: HTTPRefusal) { self.refusal = refusal }
  }
}

/// Walks along the fields as they lie in memory, and counts the ones that decide about the body.
private struct FieldCollector {
  var headers: HTTPHeaders
  let origin: UnsafeRawPointer
  /// Where the next name has to begin.
  var next: UnsafeRawPointer
  let end: UnsafeRawPointer
  let fieldsLimit: Int
  var refusal: HTTPRefusal?

  var hosts = 0
  var contentLengths = 0
  var contentLength: Int?
  var transferEncodings = 0
  var isChunked = false
  var expectsContinue = false

  mutating func add(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
    guard headers.count < fieldsLimit else { return refuse(.tooManyFields) }
    guard HTTPToken.isToken(name) else { return refuse(.malformedFieldName) }
    guard name.baseAddress == next else { return refuse(.malformedHead) }
    let afterColon = next + name.count + 1
    guard let valueStart = value.baseAddress, valueStart >= afterColon, valueStart + value.count + 2 <= end,
      UnsafeRawBufferPointer(start: afterColon, count: valueStart - afterColon)
        .allSatisfy({ $0 == 0x20 || $0 == 0x09 })
    else { return refuse(.malformedHead) }
    guard value.allSatisfy(HTTPToken.isValueByte) else { return refuse(.malformedFieldValue) }
    let from = valueStart - origin
    var count = value.count
    while count > 0, value[count - 1] == 0x20 || value[count - 1] == 0x09 { count -= 1 }
    headers.appendField(name: (next - origin)..<(next - origin + name.count), value: from..<(from + count))
    next = valueStart + value.count + 2
    note(name: name, value: value)
  }

  private mutating func refuse(_ refusal: HTTPRefusal) {
    if self.refusal == nil { self.refusal = refusal }
  }

  /// Remembers what the rules about framing need. Values are taken as they stand, with spaces at their end, since
  /// that is what the library compared when it decided where the body ends.
  private mutating func note(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
    switch name.count {
    case 4 where HTTPToken.equalIgnoringCase(name, "host".utf8):
      hosts += 1
    case 6 where HTTPToken.equalIgnoringCase(name, "expect".utf8):
      if HTTPToken.equalIgnoringCase(value, "100-continue".utf8) {
        expectsContinue = true
      } else {
        refuse(.expectationUnsupported)
      }
    case 14 where HTTPToken.equalIgnoringCase(name, "content-length".utf8):
      contentLengths += 1
      let isNumber = !value.isEmpty && value.count <= 18 && value.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
      contentLength = isNumber ? value.reduce(0) { $0 * 10 + Int($1 - 0x30) } : nil
      if !isNumber { refuse(.contentLengthMalformed) }
    case 17 where HTTPToken.equalIgnoringCase(name, "transfer-encoding".utf8):
      transferEncodings += 1
      isChunked = HTTPToken.equalIgnoringCase(value, "chunked".utf8)
    default:
      break
    }
  }

  /// What is wrong with the fields that say where the body ends and whom the request is for.
  func framingRefusal(isOld: Bool) -> HTTPRefusal? {
    if transferEncodings > 0, contentLengths > 0 { return .contentLengthWithTransferEncoding }
    if contentLengths > 1 { return .contentLengthRepeated }
    if transferEncodings > 0, transferEncodings > 1 || !isChunked || isOld { return .transferEncodingUnsupported }
    if hosts > 1 { return .hostRepeated }
    if hosts == 0, !isOld { return .hostMissing }
    return nil
  }
}

/// Called by the library once per field. A function, so that it belongs to no actor.
private func collectField(
  _ context: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?, _ nameCount: Int,
  _ value: UnsafePointer<CChar>?, _ valueCount: Int
) -> MHD_Result {
  // The context is the collector on the stack of `RequestHead.read`, which waits for this to return.
  let collector = context!.assumingMemoryBound(to: FieldCollector.self)
  collector.pointee.add(
    name: UnsafeRawBufferPointer(start: name, count: nameCount),
    value: UnsafeRawBufferPointer(start: value, count: valueCount))
  return collector.pointee.refusal == nil ? .YES : .NO
}
