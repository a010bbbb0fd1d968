import JSONKit
import Synchronization

/// What a portal answers, before it is written down.
struct PortalAnswer: Sendable {
  enum Verdict: Sendable {
    case success
    case failure
    /// The dossier is there already.
    case alreadyThere
  }

  var verdict: Verdict
  var message: String
  var session: String?
  /// Writes the elements of `result`; nil leaves the member out.
  var result: (@Sendable (inout JSONWriter) -> Void)?

  static func success(
    _ message: String = "Thành công", result: (@Sendable (inout JSONWriter) -> Void)? = nil
  ) -> PortalAnswer {
    PortalAnswer(verdict: .success, message: message, result: result)
  }

  static func failure(_ message: String) -> PortalAnswer {
    PortalAnswer(verdict: .failure, message: message)
  }
}

/// Writes `error_code` in the forms that are seen in the field, in rotation or always the same.
final class PortalCodeWriter: Sendable {
  private let style: PortalCodeStyle
  private let count = Atomic<Int>(0)

  init(style: PortalCodeStyle) {
    self.style = style
  }

  func write(_ verdict: PortalAnswer.Verdict, to writer: inout JSONWriter) {
    switch (verdict, nextForm()) {
    case (.success, .number): writer.integer(0)
    case (.success, .text): writer.string("0")
    case (.success, .doubleText): writer.string("00")
    case (.failure, .number): writer.integer(-1)
    case (.failure, .text), (.failure, .doubleText): writer.string("-1")
    case (.alreadyThere, .number): writer.integer(3)
    case (.alreadyThere, .text): writer.string("3")
    case (.alreadyThere, .doubleText): writer.string("-3")
    }
  }

  private func nextForm() -> PortalCodeForm {
    if case .always(let form) = style { return form }
    let forms = PortalCodeForm.allCases
    return forms[count.wrappingAdd(1, ordering: .relaxed).oldValue % forms.count]
  }
}
