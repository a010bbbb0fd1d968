/// What is wrong with one element, without its value.
package struct AgencyComplaint: Sendable, Equatable {
  package enum Rule: String, Sendable, CaseIterable {
    case missing, unexpected, empty, badNumber, badTruth, badTime, badAmount, badBase64, hasNamespace
  }

  /// Such as `/MSyncDocument/Attachments[2]/AttachmentName`.
  package let path: String
  package let rule: Rule

  package var sentence: String {
    switch rule {
    case .missing: "\(path) là bắt buộc nhưng không có"
    case .unexpected: "\(path) không được phép ở vị trí này"
    case .empty: "\(path) không được để trống"
    case .badNumber: "\(path) không phải là số nguyên"
    case .badTruth: "\(path) chỉ nhận true hoặc false"
    case .badTime: "\(path) định dạng không đúng (dateTime)"
    case .badAmount: "\(path) không phải là số tiền"
    case .badBase64: "\(path) không phải là base64"
    case .hasNamespace: "\(path) không được có không gian tên"
    }
  }
}
