import Synchronization
import Testing
import ThreadKit

@Suite("A mailbox")
struct MailboxTests {
  @Test("gives its reader everything that waits at once, in the order it came, up to the limit")
  func takesAll() {
    let mailbox = Mailbox<Int>()
    for number in 1...5 { mailbox.put(number) }
    #expect(mailbox.takeAll(limit: 3) == [1, 2, 3])
    #expect(mailbox.takeAll() == [4, 5])
    #expect(mailbox.takeAll(timeout: .milliseconds(1)).isEmpty)
    #expect(!mailbox.isDrained)
  }

  @Test("wakes a reader that waits, and loses nothing that many threads put")
  func manyWriters() {
    let mailbox = Mailbox<Int>()
    let counters = Counters()
    let reader = WorkerThread(name: "reader") {
      while !mailbox.isDrained {
        for number in mailbox.takeAll() { counters.sum.add(number, ordering: .relaxed) }
      }
    }
    let writers = (0..<4).map { _ in
      WorkerThread(name: "writer") { for number in 1...10_000 { mailbox.put(number) } }
    }
    for writer in writers { writer.join() }
    mailbox.close()
    #expect(reader.join(deadline: .seconds(20)))
    #expect(counters.sum.load(ordering: .relaxed) == 4 * 50_005_000)
  }

  @Test("takes nothing once it is closed, and still gives what it holds")
  func closing() {
    let mailbox = Mailbox<Int>()
    #expect(mailbox.put(1))
    mailbox.close()
    #expect(!mailbox.put(2))
    #expect(!mailbox.isDrained)
    #expect(mailbox.takeAll() == [1])
    #expect(mailbox.isDrained && mailbox.takeAll().isEmpty)
  }

  private final class Counters: Sendable {
    let sum = Atomic<Int>(0)
  }
}
