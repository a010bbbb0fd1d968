import DossierModel

/// Why a SOAP request is answered with a fault.
struct SOAPFault: Error {
  /// The codes of both versions by the names of SOAP 1.2 (part 1 §5.4.6); `sender` is `Client` in 1.1, `receiver` is `Server`.
  enum Code: Sendable {
    case versionMismatch
    case mustUnderstand
    case sender
    case receiver
  }

  /// A header block that asks to be understood and is not.
  struct HeaderName: Sendable, Hashable {
    var namespace: String
    var localName: String
  }

  var code: Code
  var refusal: Refusal
  var notUnderstood: [HeaderName] = []

  /// What can succeed when it is sent again is our fault; everything else is the caller's.
  init(_ refusal: Refusal) {
    code = refusal.code.isRetryable ? .receiver : .sender
    self.refusal = refusal
  }

  private init(_ code: Code, _ refusal: Refusal, notUnderstood: [HeaderName] = []) {
    self.code = code
    self.refusal = refusal
    self.notUnderstood = notUnderstood
  }

  static var versionMismatch: SOAPFault {
    SOAPFault(
      .versionMismatch,
      Refusal(
        .malformed, english: "the root is no Envelope of SOAP 1.1 or 1.2",
        vietnamese: "phần tử gốc không phải Envelope của SOAP 1.1 hoặc 1.2"))
  }

  static func mustUnderstand(_ names: [HeaderName]) -> SOAPFault {
    let list = names.map(\.localName).joined(separator: ", ")
    return SOAPFault(
      .mustUnderstand,
      Refusal(
        .malformed, english: "a header has to be understood and is not known here: \(list); leave it out",
        vietnamese: "tiêu đề bắt buộc phải hiểu nhưng không được hỗ trợ: \(list); hãy bỏ tiêu đề này"),
      notUnderstood: names)
  }

  static func malformed(english: String, vietnamese: String) -> SOAPFault {
    SOAPFault(Refusal(.malformed, english: english, vietnamese: vietnamese))
  }
}
