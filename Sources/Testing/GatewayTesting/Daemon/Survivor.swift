import Glibc
import Synchronization

/// A shell script that outlives this process, to tidy up behind it.
///
/// Its standard input is one end of a socket pair of which only this process has the other: the kernel closes that one however
/// this process ends, SIGKILL included, and the script reads the end of its input. It stands in a process group of its own, so
/// that an interrupt typed at the terminal, which ends the tests, does not end it as well.
final class Survivor: Sendable {
  private struct Running {
    let pid: Int32
    let ownEnd: Int32
    var isAbandoned = false
  }

  private let running: Mutex<Running?>

  /// Starts the script with `arguments` as `$1` and so on. Traps when the machine does not let it.
  init(_ script: String, _ arguments: String...) {
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
    let line = ["sh", "-c", "trap '' INT TERM HUP\n" + script, "sh"] + arguments
    var words: [UnsafeMutablePointer<CChar>?] = line.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var pid = pid_t()
    let result = posix_spawn(&pid, "/bin/sh", &actions, &attributes, &words, environ)
    precondition(result == 0, "/bin/sh cannot be started: \(String(cString: strerror(result)))")
    running = Mutex(Running(pid: pid, ownEnd: ends[1]))
  }

  /// Gives the script a line to read; without one that reads, nobody tidies up.
  func tell(_ line: String) {
    running.withLock { running in
      guard let running, !running.isAbandoned else { return }
      let bytes = Array((line + "\n").utf8)
      _ = send(running.ownEnd, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
  }

  /// Does to the script what the end of this process does.
  func abandon() {
    running.withLock { running in
      guard let survivor = running, !survivor.isAbandoned else { return }
      close(survivor.ownEnd)
      running?.isAbandoned = true
    }
  }

  /// Lets the script do its work now, and waits for it; later calls change nothing.
  func finish() {
    running.withLock { running in
      guard let survivor = running else { return }
      running = nil
      if !survivor.isAbandoned { close(survivor.ownEnd) }
      var status: Int32 = 0
      while waitpid(survivor.pid, &status, 0) < 0, errno == EINTR {}
    }
  }
}
