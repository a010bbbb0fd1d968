import CryptographyKit
import DossierModel
import HTTPKit
import JSONKit

/// The signature of a request on the VXP wire (domain page §3.5.2): HMAC-SHA256 over the text of one header field.
///
/// That text is a JSON object with everything the client says, and nothing else is read: the plain fields beside it are
/// only compared with it. It is checked as it came, byte for byte, since its order is the client's and cannot be made again.
/// Method, path and body are not signed. The time in it is when the client's program started, so an old one is no fault.
enum VXPSignature {
  static let prefix = "XroadVnpt-"
  /// Parameters of one request, those left over from earlier ones included.
  static let parameterLimit = 64
  /// Fields with the prefix that are about the signature itself.
  private static let unsigned: Set<String> = ["sign-header-key", "sign-header", "hash-header", "version"]

  /// What was signed, by names without prefix. Names that differ in case are different parameters.
  struct Signed: Equatable {
    let system: String
    let parameters: [String: String]

    subscript(_ name: String) -> String? { parameters[name] }
  }

  enum Fault: Error, Equatable {
    /// No signature, or one that is not of this form.
    case missing
    /// Made with another key, or over another text; or nobody has this system id.
    case wrong
    /// A plain field says something else than what was signed.
    case contradicted(String)
  }

  /// Compared with for a system that nobody has, so that the time tells nothing about ids.
  private static let decoy = [UInt8](repeating: 0x5A, count: 32)

  /// `key`: the secret of a system, nil when there is none of this id.
  static func verify(
    _ headers: HTTPHeaders, key: (_ system: String) -> [UInt8]?
  ) throws(Fault) -> Signed {
    guard let text = headers.bytes(prefix + "sign-header"), let code = headers[prefix + "hash-header"],
      let code = try? Hexadecimal.decode(code), let parameters = parameters(in: text),
      let system = parameters["systemid"]
    else { throw .missing }
    let secret = key(system)
    guard HMACSHA256.isValid(code, for: text, key: secret ?? decoy), secret != nil else { throw .wrong }
    try compare(headers, with: parameters)
    return Signed(system: system, parameters: parameters)
  }

  /// The members of the signed object; nil unless it is a flat object of texts whose names bear the prefix.
  private static func parameters(in text: [UInt8]) -> [String: String]? {
    let limits = JSONLimits(bytes: max(text.count, 1), depth: 1, members: parameterLimit)
    guard let object = try? JSONDocument(parsing: text, limits: limits).root, object.kind == .object else { return nil }
    var parameters: [String: String] = [:]
    for member in object.members {
      let name = member.name
      guard name.hasPrefix(prefix), let value = member.value.string else { return nil }
      parameters[String(name.dropFirst(prefix.count))] = value
    }
    return parameters
  }

  /// `docId` and `docid` may both be signed, with different values, and come as one field with the name of the first and
  /// the value of the last: a field is right when it says what any spelling of its name says.
  private static func compare(_ headers: HTTPHeaders, with parameters: [String: String]) throws(Fault) {
    var spellings: [String: Set<String>] = [:]
    for (name, value) in parameters { spellings[name.lowercased(), default: []].insert(trimmed(value)) }
    for (name, value) in headers.all where name.lowercased().hasPrefix(prefix.lowercased()) {
      let plain = name.dropFirst(prefix.count).lowercased()
      guard !unsigned.contains(plain), let signed = spellings[plain] else { continue }
      guard signed.contains(value) else { throw .contradicted(plain) }
    }
  }

  /// As a field's value is after its way through HTTP (RFC 9110 §5.5).
  private static func trimmed(_ value: String) -> String {
    guard let first = value.utf8.first, let last = value.utf8.last, [first, last].contains(where: isSpace) else {
      return value
    }
    var bytes = Array(value.utf8)[...]
    while let byte = bytes.first, isSpace(byte) { bytes.removeFirst() }
    while let byte = bytes.last, isSpace(byte) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
