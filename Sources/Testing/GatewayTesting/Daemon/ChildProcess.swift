import Glibc

/// A program started by a test, with its output in files; it is ended with the value, and also when this process dies in whatever
/// way.
package final class ChildProcess {
  package let pid: Int32
  /// Where its standard output and standard error go.
  package let outputPath: String
  private var status: Int32?
  private let watcher: ChildWatcher?

  /// How a process ended.
  package enum End: Equatable, Sendable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// Starts `arguments[0]` (a path, or a name found on PATH). Traps when it cannot be started: the test set-up is broken.
  ///
  /// - Parameter watcher: who ends it when this process is gone; nil where somebody else does.
  package init(_ arguments: [String], output: String, watcher: ChildWatcher? = .shared) {
    outputPath = output
    self.watcher = watcher
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    // A group of its own, so that a tracer and its tracee are ended together.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // And no signal is kept from it: a thread of the test's pool, whose mask it would inherit, blocks nearly all.
    var blocked = sigset_t()
    sigemptyset(&blocked)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var started = pid_t()
    let result = posix_spawnp(&started, arguments[0], &actions, &attributes, &words, environ)
    precondition(result == 0, "\(arguments[0]) cannot be started: \(String(cString: strerror(result)))")
    pid = started
    watcher?.started(pid)
  }

  deinit {
    guard status == nil else { return }
    kill(-pid, SIGKILL)
    var ignored: Int32 = 0
    waitpid(pid, &ignored, 0)
    watcher?.ended(pid)
  }

  /// Takes notice of the process's end if there is one by now.
  private func look() {
    var found: Int32 = 0
    guard status == nil, waitpid(pid, &found, WNOHANG) == pid else { return }
    status = found
    watcher?.ended(pid)
  }

  package func signal(_ number: Int32) { kill(pid, number) }
  /// Ends the process and all it started, as a power cut would.
  package func killGroup() { kill(-pid, SIGKILL) }

  /// Waits for the end, at most so long; nil when it still runs.
  package func wait(seconds: Double = 30) -> End? {
    let end = ContinuousClock.now + .seconds(seconds)
    look()
    while status == nil {
      guard ContinuousClock.now < end else { return nil }
      usleep(10_000)
      look()
    }
    guard let status else { return nil }
    return status & 0x7f == 0 ? .exited((status >> 8) & 0xff) : .signalled(status & 0x7f)
  }

  package var output: String { String(decoding: TestFiles.read(outputPath), as: UTF8.self) }

  /// Waits until the output has a line for which `find` gives a value, and gives it; nil when none comes in time.
  package func waitForLine<Value>(seconds: Double = 30, _ find: (Substring) -> Value?) -> Value? {
    let end = ContinuousClock.now + .seconds(seconds)
    while true {
      // Before the output is read: what it wrote last is in there.
      let hasEnded = status != nil
      for line in output.split(separator: "\n") { if let value = find(line) { return value } }
      guard !hasEnded, ContinuousClock.now < end else { return nil }
      usleep(10_000)
      look()
    }
  }
}
