import DocumentKit
import ServiceKit

extension ProfileReading {
  /// The ways to a partner.
  enum Transport: String, CaseIterable {
    case http
    case sftp
  }

  /// What a folder has no place for is noted, and a way without its own login.
  static func checkTransport(_ delivery: ConfigurationSection, _ authentication: PartnerAuthentication) {
    let transport = delivery.choice("transport", default: Transport.http)
    guard authentication.isFolder == (transport == .sftp) else {
      return delivery.note(
        Sentence("sftp and the authentication ‘ssh’ belong together", "sftp và cách xác thực ‘ssh’ đi cùng nhau"),
        key: "transport",
        remedy: Sentence(
          "write ‘transport: sftp’ and ‘authentication: { ssh: … }’, or neither",
          "hãy viết ‘transport: sftp’ và ‘authentication: { ssh: … }’, hoặc bỏ cả hai"))
    }
    guard transport == .sftp else { return }
    for key in ["headers", "upload", "lookups"] where delivery.node(key) != nil {
      delivery.note(
        Sentence("a folder takes files and nothing else", "thư mục chỉ nhận tệp"), key: key,
        remedy: Sentence("remove it", "hãy bỏ đi"))
    }
    for (_, operation) in delivery.namedSections("operations") {
      for key in [
        "method", "headers", "contentType", "ask", "variants", "wrap", "add", "list", "form", "multipart", "soap",
      ]
      where operation.node(key) != nil {
        operation.note(
          Sentence("a folder takes the document as a file", "thư mục nhận tài liệu dưới dạng tệp"), key: key,
          remedy: Sentence("remove it", "hãy bỏ đi"))
      }
      let path = operation.optionalString("path") ?? ""
      if !path.contains("{key}") {
        operation.note(
          Sentence("two documents would have one name", "hai tài liệu sẽ trùng tên"), key: "path",
          remedy: Sentence(
            "place {key} in it, such as /{dossier}-{key}.xml", "hãy đặt {key} vào tên, ví dụ /{dossier}-{key}.xml"))
      }
    }
  }
}
