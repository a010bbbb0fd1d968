/// What is wrong with one field: where, which rule, and a sentence in Vietnamese that does not repeat the value.
package struct PortalComplaint: Sendable, Equatable {
  package enum Rule: String, Sendable, CaseIterable {
    case missing, notText, notList, notObject, tooLong, unknownCode, badTime, badDossierCode, badProcedureCode
    case badAddress, badAmount, badNumber, badTruth, badDigits, unknownProcedure, repeatedDossier
  }

  /// Such as `data[0].TaiLieuNop[2].DuongDanTaiTepTin`.
  package let path: String
  package let rule: Rule

  package var sentence: String {
    switch rule {
    case .missing: "\(path) là bắt buộc nhưng không có"
    case .notText: "\(path) phải là chuỗi ký tự"
    case .notList: "\(path) phải là danh sách"
    case .notObject: "\(path) phải là một đối tượng"
    case .tooLong: "\(path) có độ dài vượt quá số lượng cho phép"
    case .unknownCode: "\(path) không có trong danh mục"
    case .badTime: "\(path) không đúng định dạng yyyyMMddHHmmss"
    case .badDossierCode: "\(path) không đúng định dạng mã hồ sơ"
    case .badProcedureCode: "\(path) không đúng định dạng mã thủ tục"
    case .badAddress: "\(path) không phải là đường dẫn tuyệt đối"
    case .badAmount: "\(path) không phải là số tiền"
    case .badNumber: "\(path) không phải là số nguyên"
    case .badTruth: "\(path) chỉ nhận True hoặc False"
    case .badDigits: "\(path) chỉ gồm chữ số"
    case .unknownProcedure: "\(path) không tồn tại trong danh mục thủ tục hành chính"
    case .repeatedDossier: "\(path) lặp lại trong cùng một lần gửi"
    }
  }
}
