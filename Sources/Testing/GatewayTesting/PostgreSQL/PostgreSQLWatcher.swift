import Glibc
import Synchronization

/// A process that ends a temporary server and removes its folder once this process is gone.
///
/// It holds one end of a socket pair of which only this process has the other: the kernel closes that one however this
/// process ends, SIGKILL included. It stands in a process group of its own, so that an interrupt typed at the terminal,
/// which ends the tests, does not end it as well.
final class PostgreSQLWatcher: Sendable {
  private struct Running {
    let pid: Int32
    let ownEnd: Int32
    var isAbandoned = false
  }

  private let running: Mutex<Running?>

  private static let script = """
    trap '' INT TERM HUP
    cat
    if read -r pid 2>/dev/null <"$1/data/postmaster.pid" && grep -qsx postgres "/proc/$pid/comm"; then
      kill -QUIT "$pid" 2>/dev/null
      left=100
      while [ "$left" -gt 0 ] && [ -d "/proc/$pid" ] && ! grep -qs '^State:.Z' "/proc/$pid/status"; do
        sleep 0.1
        left=$((left - 1))
        [ "$left" -gt 0 ] || kill -KILL "$pid" 2>/dev/null
      done
    fi
    rm -rf "$1"
    """

  init(folder: String) {
    var ends: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    precondition(socketpair(AF_UNIX, type, 0, &ends) == 0, "the machine gives no more descriptors")
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    let arguments = ["sh", "-c", Self.script, "sh", folder]
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var pid = pid_t()
    let result = posix_spawn(&pid, "/bin/sh", &actions, &attributes, &words, environ)
    precondition(result == 0, "/bin/sh cannot be started: \(String(cString: strerror(result)))")
    running = Mutex(Running(pid: pid, ownEnd: ends[1]))
  }

  /// Does to the watcher what the end of this process does.
  func abandon() {
    running.withLock { running in
      guard let watcher = running, !watcher.isAbandoned else { return }
      close(watcher.ownEnd)
      running?.isAbandoned = true
    }
  }

  /// Lets the watcher do its work now, and waits for it; later calls change nothing.
  func finish() {
    running.withLock { running in
      guard let watcher = running else { return }
      running = nil
      if !watcher.isAbandoned { close(watcher.ownEnd) }
      var status: Int32 = 0
      while waitpid(watcher.pid, &status, 0) < 0, errno == EINTR {}
    }
  }
}
