import DocumentKit
import ServiceKit
import XMLKit

extension ProfileReading {
  /// `upload`, for partners that take files by themselves; nil where it is left out.
  static func upload(
    _ delivery: ConfigurationSection, answersFormat: AnswerRules.Format, namespaces: [String: String]
  ) -> PartnerUpload? {
    guard delivery.node("upload") != nil else { return nil }
    let section = delivery.section("upload")
    let format = section.choice("format", default: answersFormat == .text ? .json : answersFormat)
    if format == .text {
      section.note(
        Sentence("an id cannot be found in plain text", "không tìm được mã định danh trong văn bản thuần"),
        key: "format", remedy: Sentence("write json or xml", "hãy viết json hoặc xml"))
    }
    let field = section.optionalString("field")
    if let field, field.utf8.contains(where: { $0 < 0x20 || $0 > 0x7E || $0 == 0x22 || $0 == 0x5C }) {
      section.note(
        Sentence("the name of a field is plain", "tên trường là chữ thuần"), key: "field",
        remedy: Sentence("write it without quotes and backslashes", "hãy viết không có dấu nháy và gạch chéo ngược"))
    }
    return PartnerUpload(
      method: method(section), path: path(section, allowing: .login), headers: headers(section, allowing: .request),
      field: field, contentType: section.string("contentType", default: "application/octet-stream"), format: format,
      success: expression(section, "success", namespaces: namespaces),
      id: requiredExpression(section, "id", namespaces: namespaces),
      hash: expression(section, "hash", namespaces: namespaces))
  }
}
