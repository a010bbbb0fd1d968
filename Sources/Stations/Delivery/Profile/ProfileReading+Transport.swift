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
        "sftp and the authentication ‘ssh’ belong together", key: "transport",
        remedy: "write ‘transport: sftp’ and ‘authentication: { ssh: … }’, or neither")
    }
    guard transport == .sftp else { return }
    for key in ["headers", "upload", "lookups"] where delivery.node(key) != nil {
      delivery.note("a folder takes files and nothing else", key: key, remedy: "remove it")
    }
    for (_, operation) in delivery.namedSections("operations") {
      for key in [
        "method", "headers", "contentType", "ask", "variants", "wrap", "add", "list", "form", "multipart", "soap",
      ]
      where operation.node(key) != nil {
        operation.note("a folder takes the document as a file", key: key, remedy: "remove it")
      }
      let path = operation.optionalString("path") ?? ""
      if !path.contains("{key}") {
        operation.note(
          "two documents would have one name", key: "path", remedy: "place {key} in it, such as /{dossier}-{key}.xml")
      }
    }
  }
}
