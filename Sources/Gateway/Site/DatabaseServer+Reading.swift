import DocumentKit
import SQLKit
import ServiceKit

extension DatabaseServer {
  private enum Engine: String, CaseIterable {
    case sqlite
    case postgresql
  }

  /// Reads `store` of a site; nil for a site with a file of its own.
  static func reading(_ section: ConfigurationSection) -> DatabaseServer? {
    guard section.isPresent, section.choice("engine", default: Engine.sqlite) == .postgresql else { return nil }
    let port = UInt16(section.integer("port", in: 1...65_535, default: 5432))
    let hosts = ([section.string("host")] + section.strings("otherHosts", default: [])).compactMap { text in
      host(text, port: port, section)
    }
    guard !hosts.isEmpty else { return nil }
    var configuration = PostgreSQLConfiguration(
      hosts: hosts, database: section.string("database", default: "lienthong"),
      user: section.string("user", default: "lienthong"), password: password(section), tls: tls(section, hosts))
    configuration.requiresSynchronousStandby = section.boolean("requireStandby", default: false)
    return DatabaseServer(configuration: configuration, position: section.position)
  }

  /// Reads `db1`, `db1:5433`, `[::1]:5433` or the folder of a Unix socket.
  private static func host(
    _ text: String, port: UInt16, _ section: ConfigurationSection
  ) -> PostgreSQLConfiguration.Host? {
    if text.isEmpty { return nil }
    if !text.hasPrefix("/"), let address = ListenAddress(text), address.port > 0 {
      return PostgreSQLConfiguration.Host(address.host, port: UInt16(address.port))
    }
    guard !text.contains(","), text.hasPrefix("/") || !text.contains(":") else {
      section.note(
        Sentence("‘\(text)’ is no host", "‘\(text)’ không phải là máy chủ"),
        remedy: Sentence(
          "write a name, NAME:PORT, or the folder of the server's socket",
          "hãy viết tên, TÊN:CỔNG, hoặc thư mục socket của máy chủ"))
      return nil
    }
    return PostgreSQLConfiguration.Host(text, port: port)
  }

  private static func password(_ section: ConfigurationSection) -> PostgreSQLConfiguration.Password {
    let file = section.optionalPath("passwordFile")
    let passfile = section.optionalPath("passfile")
    if file != nil, passfile != nil {
      section.note(
        Sentence("the password comes from one place", "mật khẩu chỉ lấy từ một chỗ"), key: "passfile",
        remedy: Sentence("keep passwordFile or passfile", "hãy giữ passwordFile hoặc passfile"))
    }
    if let file { return .file(file) }
    return passfile.map { .passfile($0) } ?? .none
  }

  private static func tls(
    _ section: ConfigurationSection, _ hosts: [PostgreSQLConfiguration.Host]
  ) -> PostgreSQLConfiguration.TLS {
    let tls = section.section("tls")
    let isProtected = section.boolean("protectedNetwork", default: false)
    guard tls.isPresent else {
      if !isProtected, let far = hosts.first(where: { !$0.isOnThisMachine }) {
        section.note(
          Sentence(
            "citizens' data would travel to ‘\(far.name)’ for everybody to read",
            "dữ liệu công dân sẽ đi tới ‘\(far.name)’ mà ai cũng đọc được"),
          remedy: Sentence(
            "add ‘tls: { authorities: FILE }’, or ‘protectedNetwork: true’ where the network itself is encrypted",
            "hãy thêm ‘tls: { authorities: TỆP }’, hoặc ‘protectedNetwork: true’ nếu chính mạng đã được mã hóa"))
      }
      return .none
    }
    return .verified(
      authorities: tls.path("authorities"), certificate: tls.optionalPath("certificate"), key: tls.optionalPath("key"))
  }

  /// The files it names, with the keys they are named by.
  var files: [(key: String, path: String)] {
    var files: [(key: String, path: String)] = []
    switch configuration.password {
    case .none: break
    case .file(let path): files.append(("passwordFile", path))
    case .passfile(let path): files.append(("passfile", path))
    }
    if case .verified(let authorities, let certificate, let key) = configuration.tls {
      files.append(("tls.authorities", authorities))
      if let certificate { files.append(("tls.certificate", certificate)) }
      if let key { files.append(("tls.key", key)) }
    }
    return files
  }
}

extension PostgreSQLConfiguration.Host {
  fileprivate var isOnThisMachine: Bool { name.hasPrefix("/") || ["127.0.0.1", "::1", "localhost"].contains(name) }
}
