/// The closed list of reasons for which the gateway says no; the last part of a problem's `type` (RFC 9457).
package enum FaultCode: String, Sendable, CaseIterable {
  case malformed
  case unauthenticated
  case forbidden
  case notFound = "not-found"
  case methodNotAllowed = "method-not-allowed"
  case unsupportedMediaType = "unsupported-media-type"
  case tooLarge = "too-large"
  /// Readable, but against its schema or a mapping's rules; `errors` says where.
  case invalid
  /// No registered tongue has such a message.
  case unknownMessage = "unknown-message"
  /// No route leads anywhere for this message.
  case noRecipient = "no-recipient"
  /// The key was used before for other bytes.
  case keyReused = "key-reused"
  case tooManyRequests = "too-many-requests"
  case `internal` = "internal"
  /// Nothing can be stored just now; the same message may be sent again later.
  case unavailable
  /// Another system was asked and has nothing of the kind.
  case noRecord = "no-record"
  /// Another system was asked and will not answer this.
  case partnerRefused = "partner-refused"
  /// Another system was asked and gave no answer that says anything.
  case partnerUnavailable = "partner-unavailable"

  package var status: Int {
    switch self {
    case .malformed: 400
    case .unauthenticated: 401
    case .forbidden: 403
    case .notFound, .noRecord: 404
    case .methodNotAllowed: 405
    case .tooLarge: 413
    case .unsupportedMediaType: 415
    case .invalid, .unknownMessage, .noRecipient, .keyReused, .partnerRefused: 422
    case .tooManyRequests: 429
    case .internal: 500
    case .partnerUnavailable: 502
    case .unavailable: 503
    }
  }

  /// Whether sending the same message again, unchanged, can succeed.
  package var isRetryable: Bool {
    switch self {
    case .tooManyRequests, .unavailable, .internal, .partnerUnavailable: true
    default: false
    }
  }

  package var titleEnglish: String {
    switch self {
    case .malformed: "The message cannot be read"
    case .unauthenticated: "The sender is not known"
    case .forbidden: "The sender may not do this"
    case .notFound: "There is nothing here"
    case .methodNotAllowed: "The method is not allowed here"
    case .unsupportedMediaType: "The media type is not supported"
    case .tooLarge: "The message is too large"
    case .invalid: "The message breaks a rule of its schema"
    case .unknownMessage: "The message is of no known kind"
    case .noRecipient: "The message has no recipient"
    case .keyReused: "The key was used for another message"
    case .tooManyRequests: "Too many requests"
    case .internal: "The gateway failed"
    case .unavailable: "The gateway cannot take messages now"
    case .noRecord: "The system that was asked has no such record"
    case .partnerRefused: "The system that was asked refuses"
    case .partnerUnavailable: "The system that was asked does not answer"
    }
  }

  package var titleVietnamese: String {
    switch self {
    case .malformed: "Không đọc được thông điệp"
    case .unauthenticated: "Không xác định được bên gửi"
    case .forbidden: "Bên gửi không có quyền thực hiện"
    case .notFound: "Không tìm thấy"
    case .methodNotAllowed: "Phương thức không được phép"
    case .unsupportedMediaType: "Kiểu dữ liệu không được hỗ trợ"
    case .tooLarge: "Thông điệp quá lớn"
    case .invalid: "Thông điệp không đúng quy tắc của lược đồ"
    case .unknownMessage: "Không nhận ra loại thông điệp"
    case .noRecipient: "Thông điệp không có nơi nhận"
    case .keyReused: "Khóa đã được dùng cho thông điệp khác"
    case .tooManyRequests: "Quá nhiều yêu cầu"
    case .internal: "Trục liên thông gặp lỗi"
    case .unavailable: "Trục liên thông tạm thời chưa nhận được thông điệp"
    case .noRecord: "Hệ thống được hỏi không có bản ghi này"
    case .partnerRefused: "Hệ thống được hỏi từ chối trả lời"
    case .partnerUnavailable: "Hệ thống được hỏi không trả lời"
    }
  }
}
