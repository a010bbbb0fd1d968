import Glibc

/// Two authorities and their certificates, made once per test run with the `openssl` program in a temporary folder.
final class TestCertificates: Sendable {
  struct Pair: Sendable {
    let certificate: [UInt8]
    let key: [UInt8]
  }

  let authority: [UInt8]
  let otherAuthority: [UInt8]
  /// For localhost and 127.0.0.1.
  let server: Pair
  /// For another host.
  let elsewhere: Pair
  /// For localhost, until yesterday.
  let expiredServer: Pair
  let client: Pair
  let expiredClient: Pair
  /// Signed by the other authority.
  let strangeClient: Pair
  /// The SHA-256 fingerprint of `client`, as the openssl program prints it.
  let clientFingerprint: String

  static let shared = Result { try TestCertificates() }

  private init() throws {
    var template = Array("/tmp/httpkit-certificates-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SocketFailure(call: "mkdtemp", code: errno) }
    let folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    defer { _ = try? run("rm", "-r", folder) }
    let maker = CertificateMaker(folder: folder)
    authority = try maker.makeAuthority("ca", subject: "/CN=Test Authority")
    otherAuthority = try maker.makeAuthority("other", subject: "/CN=Other Authority")
    let local = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    server = try maker.makePair("server", subject: "/CN=localhost", by: "ca", extensions: local)
    elsewhere = try maker.makePair(
      "elsewhere", subject: "/CN=elsewhere", by: "ca", extensions: "subjectAltName=DNS:elsewhere.example")
    expiredServer = try maker.makePair("expired", subject: "/CN=localhost", by: "ca", extensions: local, days: -1)
    let usage = "extendedKeyUsage=clientAuth"
    client = try maker.makePair("client", subject: "/C=VN/O=UBND/CN=so-xay-dung", by: "ca", extensions: usage)
    expiredClient = try maker.makePair("late", subject: "/CN=late", by: "ca", extensions: usage, days: -1)
    strangeClient = try maker.makePair("strange", subject: "/CN=strange", by: "other", extensions: usage)
    clientFingerprint = try run(
      "openssl", "x509", "-in", "\(folder)/client.pem", "-noout", "-fingerprint", "-sha256", output: true)
  }
}

private struct CertificateMaker {
  let folder: String

  func makeAuthority(_ name: String, subject: String) throws -> [UInt8] {
    try makeKey(name)
    try run(
      "openssl", "req", "-x509", "-new", "-key", "\(folder)/\(name).key", "-subj", subject, "-days", "30", "-out",
      "\(folder)/\(name).pem")
    return try contents("\(folder)/\(name).pem")
  }

  func makePair(
    _ name: String, subject: String, by authority: String, extensions: String, days: Int = 30
  ) throws -> TestCertificates.Pair {
    try makeKey(name)
    let base = "\(folder)/\(name)"
    try run("openssl", "req", "-new", "-key", "\(base).key", "-subj", subject, "-out", "\(base).csr")
    try write(extensions + "\n", to: "\(base).ext")
    try run(
      "openssl", "x509", "-req", "-in", "\(base).csr", "-CA", "\(folder)/\(authority).pem", "-CAkey",
      "\(folder)/\(authority).key", "-CAcreateserial", "-days", String(days), "-extfile", "\(base).ext", "-out",
      "\(base).pem")
    return try TestCertificates.Pair(certificate: contents("\(base).pem"), key: contents("\(base).key"))
  }

  private func makeKey(_ name: String) throws {
    try run(
      "openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "\(folder)/\(name).key")
  }
}

struct ProgramFailure: Error {
  let program: String
  let status: Int32
}

/// Runs a program and waits for it; what it prints is dropped, or returned with `output`.
@discardableResult
func run(_ arguments: String..., output: Bool = false) throws -> String {
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { throw SocketFailure(call: "pipe", code: errno) }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  defer { close(ends[0]) }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
  var process = pid_t()
  let pointers = arguments.map { strdup($0) } + [nil]
  defer { pointers.forEach { free($0) } }
  let code = posix_spawnp(&process, arguments[0], &actions, nil, pointers, environ)
  close(ends[1])
  guard code == 0 else { throw SocketFailure(call: arguments[0], code: code) }
  var printed: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4_096)
  while case let count = read(ends[0], &buffer, buffer.count), count > 0 { printed += buffer.prefix(count) }
  var status: Int32 = 0
  waitpid(process, &status, 0)
  guard status == 0 else { throw ProgramFailure(program: arguments.joined(separator: " "), status: status) }
  return String(decoding: printed, as: UTF8.self)
}

private func contents(_ path: String) throws -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw SocketFailure(call: path, code: errno) }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 16_384)
  while case let count = read(descriptor, &buffer, buffer.count), count > 0 { bytes += buffer.prefix(count) }
  return bytes
}

private func write(_ text: String, to path: String) throws {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  guard descriptor >= 0 else { throw SocketFailure(call: path, code: errno) }
  defer { close(descriptor) }
  let bytes = Array(text.utf8)
  guard write(descriptor, bytes, bytes.count) == bytes.count else { throw SocketFailure(call: path, code: errno) }
}
