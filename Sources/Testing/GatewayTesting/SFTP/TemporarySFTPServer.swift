import Glibc

/// OpenSSH's server on loopback, with keys and configuration of its own, as the user of the test: started by a test, ended with
/// the value.
package final class TemporarySFTPServer {
  package let folder = TemporaryFolder()
  package let port: Int
  /// `SHA256:…` of its host key.
  package let fingerprint: String
  /// The private key that it lets in.
  package let key: [UInt8]
  package let user: String
  private var process: ChildProcess?

  /// What is put into it, by its path on the server: paths are those of this machine.
  package var inbox: String { folder.path + "/vao" }

  /// - Parameter answerBytes: bytes of answers after which the server falls silent and hangs up; nil for none.
  package init(answerBytes: Int? = nil) {
    port = Int(Loopback.freePort())
    for name in ["host", "client"] { Self.makeKey(folder.path + "/" + name) }
    key = TestFiles.read(folder.path + "/client")
    fingerprint =
      ProgramRun(["ssh-keygen", "-lf", folder.path + "/host.pub"]).text.split(separator: " ").first {
        $0.hasPrefix("SHA256:")
      }.map(String.init) ?? ""
    user = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? ""
    precondition(mkdir(inbox, 0o700) == 0 && !fingerprint.isEmpty && !user.isEmpty, "the server cannot be set up")
    set(answerBytes: answerBytes)
    start()
  }

  /// For the connections that begin after this.
  package func set(answerBytes: Int?) {
    let real = "/usr/lib/openssh/sftp-server"
    set(subsystem: answerBytes.map { "\(real) | { dd bs=1 count=\($0) 2>/dev/null; kill 0; }" } ?? "exec \(real)")
  }

  /// What speaks SFTP in the connections that begin after this: a script of the shell.
  package func set(subsystem script: String) {
    // In one piece, so that no connection finds half of it.
    TestFiles.write("#!/bin/sh\n\(script)\n", to: folder.path + "/subsystem.new")
    chmod(folder.path + "/subsystem.new", 0o700)
    rename(folder.path + "/subsystem.new", folder.path + "/subsystem")
  }

  package func start() {
    TestFiles.write(
      """
      Port \(port)
      ListenAddress 127.0.0.1
      HostKey \(folder.path)/host
      PidFile none
      AuthorizedKeysFile \(folder.path)/client.pub
      StrictModes no
      UsePAM no
      PasswordAuthentication no
      KbdInteractiveAuthentication no
      MaxStartups 100
      Subsystem sftp \(folder.path)/subsystem

      """, to: folder.path + "/config")
    // Only root's server wants it, and only the package's service makes it.
    if getuid() == 0 { mkdir("/run/sshd", 0o755) }
    // The full path: it starts itself again for each connection.
    process = ChildProcess(
      ["/usr/sbin/sshd", "-D", "-e", "-f", folder.path + "/config"], output: folder.path + "/log")
    let isUp = Patience.until(seconds: 10) { log.contains("Server listening") }
    precondition(isUp, "sshd does not start (Debian: openssh-server): \(log)")
  }

  package func stop() {
    process?.killGroup()
    _ = process?.wait()
    process = nil
  }

  package var log: String { String(decoding: TestFiles.read(folder.path + "/log"), as: UTF8.self) }

  /// A new key pair, for a client that is not let in or a server that changed.
  package static func makeKey(_ path: String) {
    let made = ProgramRun(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "thu", "-f", path])
    precondition(made.exitCode == 0, "ssh-keygen fails (Debian: openssh-client): \(made.errorText)")
  }

  /// Names in the inbox, those that begin with a dot among them.
  package var names: [String] {
    guard let folder = opendir(inbox) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
