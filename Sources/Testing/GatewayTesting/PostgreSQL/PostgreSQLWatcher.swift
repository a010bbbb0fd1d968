/// Ends a temporary server and removes its folder once this process is gone.
final class PostgreSQLWatcher: Sendable {
  private let survivor: Survivor

  private static let script = """
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

  init(folder: String) { survivor = Survivor(Self.script, folder) }

  /// Does to the watcher what the end of this process does.
  func abandon() { survivor.abandon() }

  /// Lets the watcher do its work now, and waits for it; later calls change nothing.
  func finish() { survivor.finish() }
}
