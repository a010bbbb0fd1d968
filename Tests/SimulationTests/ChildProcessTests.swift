import GatewayTesting
import Glibc
import Testing

@Suite("A program that a test starts")
struct ChildProcessTests {
  private let folder = TemporaryFolder()

  private func start(_ watcher: ChildWatcher, _ words: String...) -> ChildProcess {
    ChildProcess(words, output: folder.path + "/output", watcher: watcher)
  }

  @Test("is ended, with all that it started, when the process of the test is killed")
  func orphaned() throws {
    let watcher = ChildWatcher()
    let ended = start(watcher, "true")
    #expect(ended.wait() == .exited(0))
    let children = [start(watcher, "sleep", "600"), start(watcher, "sh", "-c", "sleep 600 & echo $!; wait")]
    let grandchild = try #require(children[1].waitForLine { Int32($0) })
    // The kernel closes a dead process's descriptors; the watcher sees no difference.
    watcher.abandon()
    for child in children { #expect(child.wait(seconds: 20) == .signalled(SIGKILL)) }
    #expect(Patience.until(seconds: 20) { kill(grandchild, 0) != 0 || isZombie(grandchild) })
  }

  @Test("is left alone by the watcher once it has ended: its number may be another's")
  func ended() {
    let (watcher, other) = (ChildWatcher(), ChildWatcher())
    let bystander = start(other, "sleep", "600")
    watcher.started(bystander.pid)
    watcher.ended(bystander.pid)
    let child = start(watcher, "sleep", "600")
    watcher.abandon()
    #expect(child.wait(seconds: 20) == .signalled(SIGKILL))
    #expect(bystander.wait(seconds: 0) == nil)
  }

  private func isZombie(_ pid: Int32) -> Bool {
    String(decoding: TestFiles.read("/proc/\(pid)/stat"), as: UTF8.self).split(separator: " ").dropFirst(2).first == "Z"
  }
}
