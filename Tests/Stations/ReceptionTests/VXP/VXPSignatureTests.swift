import CryptographyKit
import Testing

@testable import HTTPKit
@testable import Reception

@Suite("A request signed as on the VXP wire")
struct VXPSignatureTests {
  /// The example of the domain page, with invented data.
  private static let example: HTTPHeaders = [
    "XroadVnpt-systemid": "T99.SYS", "XroadVnpt-timestamp": "20112026T225345+0002", "Content-Type": "application/json",
    "XroadVnpt-Content-Type": "application/json", "XroadVnpt-sign-header-key": "systemid;timestamp;Content-Type",
    "XroadVnpt-sign-header":
      #"{"XroadVnpt-systemid":"T99.SYS","XroadVnpt-timestamp":"20112026T225345+0002","XroadVnpt-Content-Type":"application/json"}"#,
    "XroadVnpt-hash-header": "1991a3ced130f0d12675da510643e5b44a2482076b0a551046a2db9379eefdc4",
    "User-Agent": "JAVASDKAgent/1.0.0 XRoad/VPCP", "XroadVnpt-version": "3.0.201608",
  ]

  private func verify(_ headers: HTTPHeaders, secret: String? = VXPRig.secret) throws(VXPSignature.Fault)
    -> VXPSignature.Signed
  {
    try VXPSignature.verify(headers) { _ in secret.map { Array($0.utf8) } }
  }

  @Test("the worked example holds, however old its time is, and gives what was signed")
  func example() throws {
    let signed = try verify(Self.example)
    #expect(signed.system == "T99.SYS")
    #expect(
      signed.parameters == [
        "systemid": "T99.SYS", "timestamp": "20112026T225345+0002", "Content-Type": "application/json",
      ])
  }

  @Test("another secret, an unknown system, a changed byte or a shortened code do not")
  func wrong() {
    #expect(throws: VXPSignature.Fault.wrong) { try verify(Self.example, secret: "bi-mat-khac") }
    #expect(throws: VXPSignature.Fault.wrong) { try verify(Self.example, secret: nil) }
    var changed = Self.example
    changed["XroadVnpt-sign-header"] = changed["XroadVnpt-sign-header"]?.replacing("T99.SYS", with: "T99.SYT")
    #expect(throws: VXPSignature.Fault.wrong) { try verify(changed) }
    var spaced = Self.example
    spaced["XroadVnpt-sign-header"] = spaced["XroadVnpt-sign-header"]?.replacing(",", with: ", ")
    #expect(throws: VXPSignature.Fault.wrong, "the text counts, not what it means") { try verify(spaced) }
    var short = Self.example
    short["XroadVnpt-hash-header"] = "1991a3"
    #expect(throws: VXPSignature.Fault.wrong) { try verify(short) }
  }

  @Test(
    "a text that is no flat object of texts with the prefix, or names no system, is no signature",
    arguments: [
      "", "{", "[]", "\"a\"", "{}", #"{"XroadVnpt-systemid":1}"#, #"{"XroadVnpt-systemid":null}"#,
      #"{"XroadVnpt-systemid":["a"]}"#, #"{"systemid":"a"}"#, #"{"XroadVnpt-from":"a"}"#,
      #"{"XroadVnpt-systemid":"a","XroadVnpt-systemid":"b"}"#,
    ])
  func malformed(text: String) {
    let code = Hexadecimal.encode(HMACSHA256.code(of: Array(text.utf8), key: Array(VXPRig.secret.utf8)))
    let headers: HTTPHeaders = ["XroadVnpt-sign-header": text, "XroadVnpt-hash-header": code]
    #expect(throws: VXPSignature.Fault.missing) { try verify(headers) }
    #expect(throws: VXPSignature.Fault.missing) { try verify([:]) }
  }

  @Test("a plain field has to say what was signed; spellings of one name may share a field; other fields do not matter")
  func plainFields() throws {
    var headers = VXPRig.signed([("systemid", "A"), ("docId", "1"), ("docid", "2"), ("from", " H99 ")])
    // HTTP takes the spaces around a value away.
    headers["XroadVnpt-from"] = "H99"
    let both = try verify(headers)
    #expect(both["docId"] == "1" && both["docid"] == "2")
    // As the client does it where files are sent: the first name, the last value.
    headers["XroadVnpt-docId"] = nil
    headers.append("XroadVnpt-docId", "2")
    #expect(try verify(headers) == both)
    headers["xroadvnpt-from"] = "H99"
    headers["XroadVnpt-khac"] = "không ký"
    #expect(try verify(headers) == both)
    headers["XroadVnpt-docId"] = "3"
    #expect(throws: VXPSignature.Fault.contradicted("docid")) { try verify(headers) }
  }

  @Test("so many parameters are read and no more")
  func limit() throws {
    func headers(_ count: Int) -> HTTPHeaders {
      VXPRig.signed([("systemid", "A")] + (1..<count).map { ("p\($0)", "x") })
    }
    #expect(try verify(headers(VXPSignature.parameterLimit)).parameters.count == VXPSignature.parameterLimit)
    #expect(throws: VXPSignature.Fault.missing) { try verify(headers(VXPSignature.parameterLimit + 1)) }
  }
}
