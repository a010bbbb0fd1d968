import CryptographyKit
import HTTPKit
import JSONKit
import ServiceKit

/// Signs requests as the VXP wire wants them (domain page §3.5.2), in the form of the vendor's client: what is said stands in
/// fields of its own and, once more, in the JSON text that the HMAC is made over; the document is bound by its hash alone, and
/// CR LF stand behind it.
struct VXPSigner: Sendable, CustomReflectable {
  /// Parameters that every request has; their names in lower case.
  static let ownNames: Set<String> = [
    "systemid", "timestamp", "content-type", "hash-file", "sign-header-key", "sign-header", "hash-header", "version",
  ]
  private static let prefix = "XroadVnpt-"

  private let system: String
  private let key: [UInt8]
  private let hash: VXPSigning.HashSpelling

  init(system: String, key: [UInt8], hash: VXPSigning.HashSpelling) {
    self.system = system
    self.key = key
    self.hash = hash
  }

  /// `moment`: of the delivery and not of the attempt. The client says when it was started and servers cannot ask for more, so
  /// every attempt is the same to the byte and is known again as the same message.
  func sign(
    _ headers: inout HTTPHeaders, _ body: inout [UInt8], _ parameters: [(name: String, value: String)],
    at moment: Timestamp
  ) {
    sign(&headers, parameters + [("hash-file", spelt(SHA256.hash(body)))], at: moment)
    body += [0x0D, 0x0A]
  }

  /// A request without a document: its body is bound by nothing, and stays as it is.
  func sign(_ headers: inout HTTPHeaders, _ parameters: [(name: String, value: String)], at moment: Timestamp) {
    var signed = parameters
    signed.append(("systemid", system))
    signed.append(("timestamp", Self.text(moment)))
    signed.append(("Content-Type", headers["Content-Type"] ?? ""))
    var writer = JSONWriter()
    writer.beginObject()
    for (name, value) in signed {
      headers.append(Self.prefix + name, value)
      writer.name(Self.prefix + name)
      writer.string(value)
    }
    writer.endObject()
    let text = writer.finish()
    headers.append(Self.prefix + "sign-header-key", signed.map(\.name).joined(separator: ";"))
    headers.append(Self.prefix + "sign-header", String(decoding: text, as: UTF8.self))
    headers.append(Self.prefix + "hash-header", Hexadecimal.encode(HMACSHA256.code(of: text, key: key)))
  }

  /// The first field that could not be sent, by name; what a delivery fills in later has been checked when it came.
  func unsendableHeader(of operation: DestinationOperation) -> String? {
    var headers = HTTPHeaders()
    var body: [UInt8] = []
    sign(&headers, &body, operation.signed.map { ($0.name, $0.value.text(.empty)) }, at: .epoch)
    return headers.firstUnsendableName
  }

  private func spelt(_ digest: [UInt8]) -> String {
    switch hash {
    case .padded: Hexadecimal.encode(digest)
    case .unpadded: digest.map { String($0, radix: 16) }.joined()
    }
  }

  /// `ddMMyyyy'T'HHmmss+SSSS`: a plus, and then milliseconds with four digits.
  private static func text(_ moment: Timestamp) -> String {
    guard let time = CivilDateTime(moment, offset: .vietnam) else { return "" }
    func digits(_ number: Int, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
    return digits(time.day, 2) + digits(time.month, 2) + digits(time.year, 4) + "T" + digits(time.hour, 2)
      + digits(time.minute, 2) + digits(time.second, 2) + "+" + digits(time.microsecond / 1_000, 4)
  }

  var customMirror: Mirror { Mirror(self, children: []) }
}
