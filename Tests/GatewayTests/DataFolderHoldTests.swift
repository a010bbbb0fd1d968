import FileKit
import GatewayTesting
import Glibc
import Testing

@testable import Gateway

@Suite("The hold on a data folder") struct DataFolderHoldTests {
  private let folder = TemporaryFolder()

  @Test("is one gateway's at a time, and the next one's when that is gone, which knows the folder by the same number")
  func one() throws {
    let first: String
    do {
      let hold = try #require(try DataFolderHold(folder.path))
      first = hold.identifier
      #expect(first.utf8.count == 36)
      #expect(try DataFolderHold(folder.path) == nil, "the same process opens the file anew: that is another holder")
      withExtendedLifetime(hold) {}
    }
    #expect(try DataFolderHold(folder.path)?.identifier == first)
    let other = TemporaryFolder()
    let second = try #require(try DataFolderHold(other.path))
    #expect(second.identifier.utf8.count == 36 && second.identifier != first)
  }

  @Test("is let go of by the kernel when a process that has it is killed")
  func killed() throws {
    let holder = ChildProcess(
      ["/usr/bin/flock", "--no-fork", folder.path + "/gateway.lock", "sh", "-c", "echo held; exec sleep 600"],
      output: folder.path + "/log")
    #expect(holder.waitForLine { $0 == "held" ? true : nil } == true)
    #expect(try DataFolderHold(folder.path) == nil)
    holder.signal(SIGKILL)
    #expect(holder.wait() == .signalled(SIGKILL))
    #expect(try DataFolderHold(folder.path) != nil)
  }

  @Test("tells of a folder where nothing can be written")
  func unwritable() {
    let error = #expect(throws: FileError.self) { try DataFolderHold(folder.path + "/missing") }
    #expect(error?.description.contains("missing/gateway.lock") == true)
  }
}
