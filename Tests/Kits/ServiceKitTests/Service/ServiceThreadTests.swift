import ServiceKit
import Testing
import ThreadKit

@Suite("The thread of a service")
struct ServiceThreadTests {
  @Test("works until it is told to stop, which waits for the end of its work")
  func stops() {
    let thread = ServiceThread("rounds")
    let work = Work()
    thread.start {
      work.hasBegun.set()
      thread.stopping.wait()
      work.hasEnded.set()
    }
    work.hasBegun.wait()
    #expect(!work.hasEnded.isSet)
    thread.stop()
    #expect(work.hasEnded.isSet && thread.stopping.isSet)
  }

  @Test("that was never started stops at once, and twice is as once")
  func never() {
    let thread = ServiceThread("none")
    thread.stop()
    thread.stop()
    #expect(thread.stopping.isSet && thread.name == "none")
  }
}

private struct Work {
  let hasBegun = Latch()
  let hasEnded = Latch()
}
