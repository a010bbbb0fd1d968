import DocumentKit
import DossierModel
import DossierStore
import HTTPKit
import JSONKit

/// Answers in the generation-A tongue: `{error_code, message, result}`; `errors` is added where fields are wrong.
enum DVCQGAnswer {
  /// Findings named in the message's own text; all of them are in `errors`.
  static let findingsInMessage = 3

  static func loggedIn(session: String) -> HTTPResponse {
    answer(code: 0, message: "Đăng nhập thành công") { writer in
      writer.name("session")
      writer.string(session)
    }
  }

  static var wrongLogin: HTTPResponse { answer(code: -1, message: "Sai tên đăng nhập hoặc mật khẩu") }

  static var noSession: HTTPResponse {
    answer(code: -1, message: "Phiên làm việc không hợp lệ hoặc đã hết hạn; hãy đăng nhập lại")
  }

  static var busy: HTTPResponse {
    var response = answer(code: -1, message: "Quá nhiều lượt đăng nhập; hãy thử lại sau")
    response.status = 503
    response.headers["Retry-After"] = "1"
    return response
  }

  static var unknownService: HTTPResponse { answer(code: -1, message: "Không có dịch vụ (service) này") }
  static var notFound: HTTPResponse { answer(code: 0, message: "Không tìm thấy hồ sơ") { emptyResult(&$0) } }

  /// `json` is a JSON list.
  static func result(_ json: [UInt8]) -> HTTPResponse {
    answer(code: 0, message: "Thành công") { writer in
      writer.name("result")
      // Dictionaries are checked when the site is read, so the text is JSON.
      if let value = try? JSONDocument(parsing: json).root { writer.value(value) } else { writer.null() }
    }
  }

  static func accepted(_ messages: [RecordedMessage], message: String) -> HTTPResponse {
    answer(code: 0, message: message) { writer in
      writer.name("result")
      writer.beginArray()
      for message in messages { ReceiptDocument.write(message.receipt, to: &writer) }
      writer.endArray()
    }
  }

  static func found(code: String, latest body: [UInt8]) -> HTTPResponse {
    answer(code: 0, message: "Thành công") { writer in
      writer.name("result")
      writer.beginArray()
      writer.beginObject()
      writer.name("MaHoSo")
      writer.string(code)
      let message = try? JSONDocument(parsing: body).root
      for (name, value) in [
        ("MaTTHC", message?["MaTTHC"]), ("TrangThaiHoSo", message?["TrangThaiHoSo"] ?? message?["TrangThai"]),
      ] {
        guard let value else { continue }
        writer.name(name)
        writer.value(value)
      }
      writer.endObject()
      writer.endArray()
    }
  }

  /// The dossier is known, and the message itself is no longer kept.
  static func pruned(code: String, procedure: String?) -> HTTPResponse {
    answer(code: 0, message: "Hồ sơ đã được tiếp nhận; nội dung thông điệp không còn lưu (hết thời hạn lưu của trục)") {
      writer in
      writer.name("result")
      writer.beginArray()
      writer.beginObject()
      writer.name("MaHoSo")
      writer.string(code)
      if let procedure {
        writer.name("MaTTHC")
        writer.string(procedure)
      }
      writer.endObject()
      writer.endArray()
    }
  }

  static func refused(_ refusal: Refusal) -> HTTPResponse {
    guard refusal.code != .keyReused else {
      return answer(code: 3, message: "Hồ sơ đã tồn tại; hãy dùng isUpdating \"True\"")
    }
    var response = answer(code: -1, message: text(of: refusal)) { writer in
      guard !refusal.findings.isEmpty else { return }
      writer.name("errors")
      FindingList.write(refusal.findings, to: &writer)
    }
    if refusal.code == .unavailable || refusal.code == .internal {
      response.status = refusal.code.status
      response.headers["Retry-After"] = String(Problem.retryAfterSeconds)
    }
    return response
  }

  private static func text(of refusal: Refusal) -> String {
    guard !refusal.findings.isEmpty else {
      return "\(refusal.code.titleVietnamese): \(refusal.detailVietnamese)"
        + " | \(refusal.code.titleEnglish): \(refusal.detailEnglish)"
    }
    let named = refusal.findings.prefix(findingsInMessage)
    let vietnamese = named.map {
      "\($0.path) (dòng \($0.line), cột \($0.column)): \($0.messageVietnamese) [\($0.rule)]"
    }
    let english = named.map { "\($0.path) (line \($0.line), column \($0.column)): \($0.messageEnglish) [\($0.rule)]" }
    let more = refusal.findings.count - named.count
    return "\(refusal.code.titleVietnamese): " + vietnamese.joined(separator: "; ")
      + (more > 0 ? "; và \(more) lỗi khác" : "")
      + " | \(refusal.code.titleEnglish): " + english.joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "")
  }

  private static func emptyResult(_ writer: inout JSONWriter) {
    writer.name("result")
    writer.beginArray()
    writer.endArray()
  }

  private static func answer(
    code: Int, message: String, more: (inout JSONWriter) -> Void = { _ in }
  ) -> HTTPResponse {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("error_code")
    writer.integer(code)
    writer.name("message")
    writer.string(message)
    more(&writer)
    writer.endObject()
    return HTTPResponse(
      status: 200, headers: ["Content-Type": "application/json; charset=utf-8"], body: writer.finish())
  }
}
