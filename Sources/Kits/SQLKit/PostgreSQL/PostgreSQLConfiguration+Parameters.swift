import FileKit

extension PostgreSQLConfiguration {
  /// Bytes of a password's file.
  static let passwordBytesLimit = 4_096

  /// A path without a file, for what is not named here: libpq would look below the home folder of whoever runs this.
  private static let noFile = "/dev/null/none"

  /// The connection parameters as libpq takes them (https://www.postgresql.org/docs/15/libpq-connect.html).
  func parameters() throws(SQLError) -> [(name: String, value: String)] {
    var parameters: [(name: String, value: String)] = [
      ("host", hosts.map(\.name).joined(separator: ",")),
      ("port", hosts.map { String($0.port) }.joined(separator: ",")),
      ("dbname", database), ("user", user), ("application_name", applicationName), ("client_encoding", "UTF8"),
      ("target_session_attrs", access == .readWrite ? "read-write" : "any"), ("gssencmode", "disable"),
      ("connect_timeout", String(max(2, limits.connect.wholeSeconds))),
      ("tcp_user_timeout", String(limits.unacknowledged.wholeMilliseconds)),
      ("keepalives", "1"), ("keepalives_idle", String(limits.keepaliveIdle.wholeSeconds)),
      ("keepalives_interval", String(limits.keepaliveInterval.wholeSeconds)),
      ("keepalives_count", String(limits.keepaliveCount)), ("options", sessionOptions),
    ]
    switch tls {
    case .none: parameters.append(("sslmode", "disable"))
    case .verified(let authorities, let certificate, let key):
      parameters += [("sslmode", "verify-full"), ("sslrootcert", authorities), ("ssl_min_protocol_version", "TLSv1.2")]
      parameters.append(("sslcert", certificate ?? Self.noFile))
      if let key { parameters.append(("sslkey", key)) }
    }
    switch password {
    case .none: parameters.append(("passfile", Self.noFile))
    case .file(let path): parameters.append(("password", try Self.readPassword(path)))
    case .passfile(let path): parameters.append(("passfile", path))
    }
    return parameters
  }

  /// What the session starts with: only what every role may set.
  private var sessionOptions: String {
    [
      "statement_timeout=\(limits.statement.wholeMilliseconds)", "lock_timeout=\(limits.lock.wholeMilliseconds)",
      "idle_in_transaction_session_timeout=\(limits.idleInTransaction.wholeMilliseconds)",
      "default_transaction_isolation=read\\ committed", "client_min_messages=warning",
    ].map { "-c \($0)" }.joined(separator: " ")
  }

  private static func readPassword(_ path: String) throws(SQLError) -> String {
    do throws(FileError) {
      var bytes = try FileContent.read(path, limit: passwordBytesLimit)
      if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
      if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
      guard !bytes.isEmpty, !bytes.contains(0) else {
        throw FileError(.damaged, path: path, message: "it holds no password; write it there as the only line")
      }
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      throw SQLError(code: .cannotOpen, message: "the database password cannot be read: \(error)")
    }
  }
}

extension Duration {
  var wholeSeconds: Int64 { components.seconds }
  var wholeMilliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
