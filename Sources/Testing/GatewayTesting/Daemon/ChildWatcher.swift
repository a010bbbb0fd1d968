/// Ends the programs that this process has started once it is gone: a run of tests that is interrupted leaves no daemon behind.
package final class ChildWatcher: Sendable {
  package static let shared = ChildWatcher()

  private let survivor = Survivor(
    """
    running=' '
    while read -r what pid; do
      case $what in
      started) running="$running$pid " ;;
      ended)
        case $running in
        *" $pid "*) running="${running%% $pid *} ${running#* $pid }" ;;
        esac
        ;;
      esac
    done
    for pid in $running; do
      kill -KILL "-$pid"
    done
    """)

  package init() {}

  deinit { survivor.finish() }

  /// The process is the first of a group of its own, with which it is ended.
  package func started(_ pid: Int32) { survivor.tell("started \(pid)") }

  /// The process has been waited for: its number may soon be another's.
  package func ended(_ pid: Int32) { survivor.tell("ended \(pid)") }

  /// Does to the watcher what the end of this process does.
  package func abandon() { survivor.abandon() }
}
