import CryptographyKit
import JSONKit

/// What a program gets from the vendor's client. Where that is an object with all fields null, everything here is nil; where it
/// is null, there is no result at all. Both mean that the outcome is not known.
package struct VXPResult: Sendable, Equatable {
  package var status: String?
  package var code: String?
  package var description: String?
  package var docID: String?
  /// The items of a list, by field.
  package var items: [[String: String]]?
  package var count: Int?
  /// The document that was stored.
  package var file: [UInt8]?

  package init(status: String? = nil, code: String? = nil, description: String? = nil) {
    self.status = status
    self.code = code
    self.description = description
  }

  package var isSuccess: Bool { code == "0" }

  // MARK: Reading

  /// What the decoder of the client makes of a body.
  private enum Reading {
    /// null for the program.
    case nothing
    /// JSON that is no object, or an object without what has to be there: all fields null.
    case unknown
    case object(JSONValue)
  }

  /// It reads what it gets, however large.
  private static let limits = JSONLimits(bytes: JSONLimits.bytesMaximum)

  private static func read(_ reply: VXPReply?, needs: [String], isASCII: Bool = false) -> Reading {
    guard let reply else { return .nothing }
    if reply.status == 204 { return .nothing }
    guard !reply.body.isEmpty else { return .unknown }
    let body = isASCII ? reply.body.map { $0 >= 0x80 ? UInt8(ascii: "?") : $0 } : reply.body
    guard let root = try? JSONDocument(parsing: body, limits: limits).root else {
      // One word is a text to its loose parser, several are broken.
      let isBroken = body.contains { $0 <= 0x20 || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "{") }
      return isBroken ? .nothing : .unknown
    }
    guard root.kind == .object else { return .unknown }
    for name in ["status", "ErrorCode", "ErrorDesc"] + needs {
      guard let value = root[name], !value.isNull else { return .unknown }
    }
    return .object(root)
  }

  private init(_ object: JSONValue) {
    status = object["status"]?.string
    code = object["ErrorCode"].flatMap { $0.string ?? $0.numberText }
    description = object["ErrorDesc"]?.string
  }

  private static func read(
    _ reply: VXPReply?, needs: [String] = [], isASCII: Bool = false,
    _ more: (inout VXPResult, JSONValue) -> Void = { _, _ in }
  ) -> VXPResult? {
    switch read(reply, needs: needs, isASCII: isASCII) {
    case .nothing: return nil
    case .unknown: return VXPResult()
    case .object(let object):
      var result = VXPResult(object)
      more(&result, object)
      return result
    }
  }

  static func plain(_ reply: VXPReply?) -> VXPResult? { read(reply) }

  static func sendEdoc(_ reply: VXPReply?) -> VXPResult? {
    if let reply, reply.status == 202 || (reply.body.isEmpty && reply.status >= 400) { return nil }
    // Answers with 200 and 201 are taken for ASCII.
    return read(reply, needs: ["DocId"], isASCII: reply?.status == 200 || reply?.status == 201) {
      $0.docID = $1["DocId"]?.string
    }
  }

  static func getEdoc(_ reply: VXPReply?) -> VXPResult? {
    read(reply) { result, object in
      guard result.isSuccess, let data = object["data"]?.string, let bytes = try? Base64.decode(data) else { return }
      // Through a text in UTF-8 and back.
      result.file = Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
  }

  static func count(_ reply: VXPReply?) -> VXPResult? {
    read(reply) { $0.count = $1["count"].flatMap { $0.integer ?? $0.string.flatMap { Int($0) } } }
  }

  /// Any body is stored as the document, and called a success.
  static func download(_ reply: VXPReply?) -> VXPResult {
    guard let reply, !reply.body.isEmpty else { return VXPResult(status: "FAIL", code: "100", description: "") }
    var result = VXPResult(status: "SUCCESS", code: "0", description: "")
    result.file = reply.body
    return result
  }

  /// `garbageIsEmpty`: what cannot be read is an empty list.
  static func list(_ reply: VXPReply?, garbageIsEmpty: Bool) -> VXPResult? {
    guard reply != nil else { return garbageIsEmpty ? VXPResult() : nil }
    switch read(reply, needs: []) {
    case .nothing where garbageIsEmpty && reply?.status != 204:
      var result = VXPResult(status: "OK", code: "0", description: "Success")
      result.items = []
      return result
    case .nothing: return nil
    case .unknown: return VXPResult()
    case .object(let object):
      var result = VXPResult(object)
      guard result.isSuccess, let data = object["data"], data.kind == .array else { return result }
      result.items = items(in: data)
      return result
    }
  }

  /// A null in one item loses the whole list.
  private static func items(in data: JSONValue) -> [[String: String]]? {
    var items: [[String: String]] = []
    for element in data.elements {
      var item: [String: String] = [:]
      for member in element.members {
        guard !member.value.isNull else { return nil }
        item[member.name] = member.value.string ?? member.value.numberText ?? member.value.boolean.map { "\($0)" }
      }
      items.append(item)
    }
    return items
  }
}
