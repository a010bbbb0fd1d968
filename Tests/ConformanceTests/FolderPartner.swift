import DossierModel
import FileKit
import GatewayTesting
import Glibc
import Simulation

/// Folders on OpenSSH's own server: whose files are put into the address, and who gives files in `gui-di`.
///
/// A fault is of one connection each, and ends the one there is.
final class FolderPartner: BenchPartner {
  private let server = TemporarySFTPServer()
  private var isUp = true
  private var lastFile = 0

  /// Bytes of answers behind which a fault begins: in the middle of the putting of a file.
  private static let answerBytes = 380
  private static let real = "/usr/lib/openssh/sftp-server"

  init() {
    for name in ["", "/da-nhan", "/khong-nhan"] { mkdir(outbox + name, 0o700) }
    TemporarySFTPServer.makeKey(server.folder.path + "/other")
    set(nil, connections: 0)
  }

  private var outbox: String { server.inbox + "/gui-di" }
  private var faultFolder: String { server.folder.path + "/faults" }

  let timeouts = (connect: "5s", answer: "8s")
  // Of a server that falls silent two things are waited for: the file, and the look whether it stands there.
  let patience = 60.0
  let faults: Set<FaultMode> = [.ok, .down, .cut, .silent, .halfAnswer, .error500, .refuse]
  // A folder that is not there.
  let outages: Set<FailureClass> = [.clientError]
  let knowsRepetition = true
  let lastRefusal = ""

  var address: String { "sftp://127.0.0.1:\(server.port)\(server.inbox)" }
  var values: [String: String] { ["hostKeys": server.fingerprint] }
  var secrets: [String: String] { secrets(key: server.key) }
  var wrongSecrets: [String: String] { secrets(key: TestFiles.read(server.folder.path + "/other")) }

  private func secrets(key: [UInt8]) -> [String: String] {
    ["username": server.user, "key": String(decoding: key, as: UTF8.self)]
  }

  // MARK: Faults

  func play(_ fault: FaultSetting) {
    if fault.mode == .down {
      server.stop()
      isUp = false
      return endConnections()
    }
    if rename(outbox + ".weg", outbox) == 0 { endConnections() }
    switch fault.mode {
    case .cut: set("exit 1", connections: fault.requests ?? 1)
    case .halfAnswer:
      set("\(Self.real) | { dd bs=1 count=\(Self.answerBytes) 2>/dev/null; kill 0; }", connections: fault.requests ?? 1)
    case .silent:
      set(
        "\(Self.real) | { dd bs=1 count=\(Self.answerBytes) 2>/dev/null; cat >/dev/null; }",
        connections: fault.requests ?? 1)
    // Nothing may be written for a while.
    case .error500: set("exec timeout 0.5 \(Self.real) -R", connections: fault.requests ?? 1)
    case .ok:
      set(nil, connections: 0)
      if !isUp { server.start() }
      isUp = true
    default: preconditionFailure("there is no such fault of a folder")
    }
    if fault.mode != .ok { endConnections() }
  }

  /// So many connections that begin after this run `script`.
  private func set(_ script: String?, connections: Int) {
    _ = ProgramRun(["rm", "-rf", faultFolder])
    mkdir(faultFolder, 0o700)
    for number in 0..<connections { TestFiles.write("", to: "\(faultFolder)/set-\(number)") }
    server.set(
      subsystem: """
        echo $PPID >> \(server.folder.path)/connections
        for fault in \(faultFolder)/set-*[0-9]; do
          if mv "$fault" "$fault".played 2>/dev/null; then
            \(script ?? ":")
            exit 1
          fi
        done
        exec \(Self.real)
        """)
  }

  func hasPlayed(_ mode: FaultMode) -> Bool {
    !FolderListing.files(in: faultFolder, ending: ".played").isEmpty
  }

  /// Ends the processes of the connections that there are, which this server has started: one of whom only the child is gone
  /// keeps the connection.
  private func endConnections() {
    let path = server.folder.path + "/connections"
    let numbers = String(decoding: TestFiles.read(path), as: UTF8.self).split(separator: "\n").compactMap { Int32($0) }
    unlink(path)
    for number in numbers {
      // A number may have gone to another program.
      let words = String(decoding: TestFiles.read("/proc/\(number)/cmdline"), as: UTF8.self)
      if words.hasPrefix("sshd") { kill(number, SIGKILL) }
    }
  }

  /// Others' bytes stand under the name before the file comes.
  func refuse(lodging: () -> Bool, name: () -> String?) -> Bool {
    play(FaultSetting(.down))
    defer { play(FaultSetting(.ok)) }
    guard lodging(), let name = name() else { return false }
    TestFiles.write("của người khác", to: server.inbox + "/" + name)
    return true
  }

  func breakPolls() { rename(outbox, outbox + ".weg") }

  // MARK: Looking

  var taken: [[UInt8]] {
    let files = server.names.filter { !$0.hasPrefix(".") && $0 != "gui-di" }.map { server.inbox + "/" + $0 }
    return files.map { path in
      var status = stat()
      stat(path, &status)
      return (path, (status.st_mtim.tv_sec, status.st_mtim.tv_nsec))
    }.sorted { $0.1 < $1.1 }.map { TestFiles.read($0.0) }
  }

  var strangers: Int { server.log.split(separator: "\n").count { $0.contains("authenticating user") } }
  var calls: Int { strangers + server.log.split(separator: "\n").count { $0.contains("Accepted") } }

  // MARK: Giving

  func know(dossier code: String) {}
  func forgetSessions() {}

  /// As the page for its engineers asks: under another name first.
  func hold(_ document: [UInt8], kind: String) -> Bool {
    lastFile += 1
    let name = "\(kind)-\(lastFile).xml"
    TestFiles.write(String(decoding: document, as: UTF8.self), to: outbox + "/.\(name)")
    return rename(outbox + "/.\(name)", outbox + "/" + name) == 0
  }

  func stop() {
    if isUp { server.stop() }
    endConnections()
  }
}
