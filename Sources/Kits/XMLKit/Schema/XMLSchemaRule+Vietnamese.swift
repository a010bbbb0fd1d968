import CXML

extension XMLSchemaRule {
  /// The finding in Vietnamese.
  func vietnamese(_ details: Details) -> String {
    let allowed = details.expected.first ?? "?"
    let list = details.expected.joined(separator: ", ")
    switch code {
    case XML_SCHEMAV_CVC_LENGTH_VALID: return "Độ dài của giá trị phải bằng \(allowed)."
    case XML_SCHEMAV_CVC_MINLENGTH_VALID: return "Giá trị ngắn hơn độ dài tối thiểu \(allowed)."
    case XML_SCHEMAV_CVC_MAXLENGTH_VALID: return "Giá trị dài hơn độ dài tối đa \(allowed)."
    case XML_SCHEMAV_CVC_MININCLUSIVE_VALID: return "Giá trị nhỏ hơn mức tối thiểu \(allowed)."
    case XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID: return "Giá trị lớn hơn mức tối đa \(allowed)."
    case XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID: return "Giá trị phải lớn hơn \(allowed)."
    case XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID: return "Giá trị phải nhỏ hơn \(allowed)."
    case XML_SCHEMAV_CVC_TOTALDIGITS_VALID: return "Số có nhiều hơn \(allowed) chữ số."
    case XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID: return "Số có nhiều hơn \(allowed) chữ số sau dấu thập phân."
    case XML_SCHEMAV_CVC_PATTERN_VALID: return "Giá trị không khớp với mẫu \(allowed)."
    case XML_SCHEMAV_CVC_ENUMERATION_VALID: return "Giá trị không thuộc các giá trị được phép: \(list)."
    case XML_SCHEMAV_ELEMENT_CONTENT, XML_SCHEMAV_CVC_COMPLEX_TYPE_2_4: return contentVietnamese(details, list)
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1: return "Phần tử phải để trống."
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3: return "Ở đây không được có văn bản, chỉ được có phần tử."
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1, XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2:
      return "Thuộc tính \(details.subject ?? "?") không được phép ở đây."
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4: return "Thiếu thuộc tính \(details.subject ?? "?")."
    case XML_SCHEMAV_CVC_ELT_1: return "Lược đồ không khai báo phần tử này ở đây."
    case XML_SCHEMAV_CVC_ELT_2, XML_SCHEMAV_CVC_TYPE_2:
      return "Phần tử hoặc kiểu của phần tử là trừu tượng; phải dùng một phần tử hoặc kiểu cụ thể."
    case XML_SCHEMAV_CVC_ELT_3_1: return "Phần tử không được nhận giá trị nil."
    case XML_SCHEMAV_CVC_ELT_3_2_1: return "Phần tử là nil nên phải để trống."
    case XML_SCHEMAV_CVC_ELT_3_2_2: return "Phần tử có giá trị cố định nên không được là nil."
    case XML_SCHEMAV_CVC_ELT_4_2: return "Kiểu nêu trong xsi:type không có trong lược đồ."
    case XML_SCHEMAV_CVC_ELT_4_3: return "Kiểu nêu trong xsi:type không được thay cho kiểu đã khai báo."
    case XML_SCHEMAV_CVC_AU, XML_SCHEMAV_CVC_ELT_5_2_2_2_1, XML_SCHEMAV_CVC_ELT_5_2_2_2_2:
      return details.expected.isEmpty ? "Giá trị phải đúng bằng giá trị cố định." : "Giá trị phải là \(allowed)."
    case XML_SCHEMAV_CVC_ELT_5_2_2_1: return "Phần tử có giá trị cố định không được có phần tử con."
    case XML_SCHEMAV_CVC_IDC: return constraintVietnamese(details)
    case XML_SCHEMAV_CVC_WILDCARD: return "Lược đồ không khai báo nội dung này."
    case XML_SCHEMAV_DOCUMENT_ELEMENT_MISSING: return "Tài liệu không có phần tử gốc."
    case XML_SCHEMAV_INTERNAL: return "Không thể kiểm tra trọn vẹn; tài liệu không được coi là hợp lệ."
    case _ where isValueOfType:
      return details.subject.map { "Giá trị không đúng kiểu \($0)." } ?? "Giá trị không đúng kiểu."
    default: return "Tài liệu không tuân theo lược đồ (\(name))."
    }
  }

  private func contentVietnamese(_ details: Details, _ list: String) -> String {
    let start = details.variant == .missingChild ? "Thiếu phần tử con" : "Phần tử này không được phép ở đây"
    return list.isEmpty ? "\(start)." : "\(start); cần có: \(list)."
  }

  private func constraintVietnamese(_ details: Details) -> String {
    let name = details.subject.map { " \($0)" } ?? ""
    return switch details.variant {
    case .duplicateKey: "Khóa\(name) phải là duy nhất nhưng đã xuất hiện trước đó."
    case .unmatchedReference: "Tham chiếu\(name) không có đối tượng tương ứng."
    case .incompleteKey: "Khóa\(name) không đầy đủ."
    default: "Ràng buộc định danh\(name) bị vi phạm."
    }
  }
}
