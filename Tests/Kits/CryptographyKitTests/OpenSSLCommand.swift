import Glibc

/// Makes keys and certificates with the `openssl` command in a folder of its own, so that what we read was written by
/// someone else.
final class OpenSSLCommand {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let folder: String

  init() throws {
    var template = Array("/tmp/lienthong-certificates-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(description: "no temporary folder could be made") }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in names { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }

  /// The files that may lie in the folder.
  private let names = ["key.pem", "cert.pem", "cert.der", "other.pem", "encrypted.pem"]

  /// Runs `openssl` with these arguments inside the folder; throws unless it exits with 0.
  func run(_ arguments: [String]) throws {
    let changed = arguments.map { $0.hasSuffix(".pem") || $0.hasSuffix(".der") ? "\(folder)/\($0)" : $0 }
    var pointers = (["openssl"] + changed).map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in [0, 1, 2] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    var process: pid_t = 0
    guard posix_spawnp(&process, "openssl", &actions, nil, &pointers, environ) == 0 else {
      throw Failure(description: "the openssl command is not there; install the Debian package openssl")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    guard status == 0 else { throw Failure(description: "openssl \(arguments.joined(separator: " ")) failed") }
  }

  func bytes(_ name: String) throws -> [UInt8] {
    guard let file = fopen("\(folder)/\(name)", "rb") else { throw Failure(description: "\(name) was not made") }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
  }

  /// A self-signed certificate `cert.pem` with its key `key.pem`.
  func makeCertificate(subject: String, extensions: [String] = []) throws {
    var arguments = [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-utf8", "-subj", subject,
      "-days", "30", "-set_serial", "0x0123ABCD", "-keyout", "key.pem", "-out", "cert.pem",
    ]
    for text in extensions { arguments += ["-addext", text] }
    try run(arguments)
  }
}
