import Dictionaries
import DocumentKit
package import ServiceKit
import XMLKit

extension CodeRule {
  /// Reads `{ value: XPATH, in: PROFILE/DICTIONARY, unknown: refuse|warn, without: warn|refuse }`; nil after a note.
  package init?(reading section: ConfigurationSection) {
    let source = section.string("value")
    let text = section.string("in")
    let name = DictionaryName(text)
    if name == nil, !text.isEmpty {
      section.note(
        Sentence("this is no name of a dictionary", "đây không phải là tên danh mục"), key: "in",
        remedy: Sentence("write PROFILE/DICTIONARY", "hãy viết HỒ_SƠ_ĐỐI_TÁC/DANH_MỤC"))
    }
    let unknown: Strictness = section.choice("unknown", default: .refuse)
    let without: DictionaryReference.Absence = section.choice("without")
    var value: XPathExpression?
    do throws(XMLError) {
      value = try XPathExpression(source.isEmpty ? "." : source)
    } catch {
      section.note(
        Sentence("the expression cannot be used: \(error.message)", "không dùng được biểu thức này: \(error.message)"),
        key: "value", remedy: Sentence("write an XPath 1.0 path", "hãy viết đường dẫn XPath 1.0"))
    }
    if let value, !source.isEmpty, !value.isPath {
      section.note(
        Sentence("this finds no places", "biểu thức này không tìm ra chỗ nào"), key: "value",
        remedy: Sentence(
          "write the path of the codes, such as ‘MaLinhVuc’", "hãy viết đường dẫn của các mã, ví dụ ‘MaLinhVuc’"))
    }
    guard let name, let value else { return nil }
    self.init(
      value: value, dictionary: DictionaryReference(name, without: without), unknown: unknown,
      position: section.position)
  }
}
