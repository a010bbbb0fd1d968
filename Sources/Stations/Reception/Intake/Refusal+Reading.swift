import DocumentKit
package import DossierModel
import DossierStore
import JSONKit
import XMLKit

// Refusals of documents that cannot be read, and of keys used twice, in both languages.
extension Refusal {
  static func unreadable(json error: JSONError) -> Refusal {
    unreadable(
      format: "JSON", rule: "json.\(error.code.rawValue)", line: error.line, column: error.column,
      sentence: error.message, isTooLarge: error.code == .tooLarge)
  }

  static func unreadable(xml error: XMLError) -> Refusal {
    unreadable(
      format: "XML", rule: "xml.\(error.code.rawValue)", line: error.line, column: error.column,
      sentence: error.message, isTooLarge: false)
  }

  static func unreadable(document error: DocumentError) -> Refusal {
    unreadable(
      format: "JSON/XML", rule: "document.\(error.code.rawValue)", line: error.line ?? 0, column: error.column ?? 0,
      sentence: error.message, isTooLarge: false)
  }

  private static func unreadable(
    format: String, rule: String, line: Int, column: Int, sentence: String, isTooLarge: Bool
  ) -> Refusal {
    let place = line > 0 ? " tại dòng \(line), cột \(column)" : ""
    return Refusal(
      isTooLarge ? .tooLarge : .malformed, english: sentence,
      vietnamese: "không đọc được \(format)\(place), quy tắc \(rule)",
      findings: [
        Finding(
          path: "", line: line, column: column, rule: rule,
          messageVietnamese: "không đọc được \(format)\(place), quy tắc \(rule)", messageEnglish: sentence)
      ])
  }

  static func keyReused(_ record: MessageRecord) -> Refusal {
    Refusal(
      .keyReused,
      english: "the key of this message was used before for other bytes; send a new message with a new key",
      vietnamese: "khóa của thông điệp đã được dùng cho nội dung khác; hãy gửi thông điệp mới với khóa mới")
  }

  package static var unauthenticated: Refusal {
    Refusal(
      .unauthenticated,
      english: "show a client certificate, an access token (Authorization: Bearer) or an API key (X-Api-Key)",
      vietnamese: "hãy dùng chứng thư máy khách, mã truy cập (Authorization: Bearer) hoặc khóa API (X-Api-Key)")
  }

  package static var notFound: Refusal {
    Refusal(
      .notFound, english: "there is nothing here that you may see",
      vietnamese: "không có gì ở đây mà bạn được xem")
  }

  package static var methodNotAllowed: Refusal {
    Refusal(
      .methodNotAllowed, english: "use one of the methods in the Allow header",
      vietnamese: "hãy dùng một phương thức ghi trong tiêu đề Allow")
  }
}
