import Synchronization
import Testing
import ThreadKit

@Suite("Threads and what they wait on")
struct ThreadsTests {
  @Test("A thread runs its body, and joining waits for its end")
  func join() {
    let result = Mutex(0)
    let gate = Latch()
    let box = ResultBox()
    let thread = WorkerThread(name: "a name longer than fifteen bytes") {
      gate.wait()
      box.value.withLock { $0 = 7 }
    }
    #expect(!thread.join(deadline: .milliseconds(1)))
    #expect(!thread.isCurrent)
    gate.set()
    #expect(thread.join(deadline: .seconds(10)))
    box.value.withLock { value in result.withLock { $0 = value } }
    #expect(result.withLock { $0 } == 7)
  }

  private final class ResultBox: Sendable {
    let value = Mutex(0)
  }

  /// What a body holds, and what it sees of its own thread.
  private final class Trial: Sendable {
    let own = Mutex<WorkerThread?>(nil)
  }

  @Test("What the body held is let go of before joining returns, and a thread knows that it is the current one")
  func letGo() {
    for _ in 0..<300 {
      var trial: Trial? = Trial()
      weak let trace = trial
      let gate = Latch()
      let seen = ResultBox()
      let thread = WorkerThread.ifGiven(name: "letting go") { [trial] in
        gate.wait()
        let isCurrent = trial?.own.withLock { $0.take()?.isCurrent } ?? false
        seen.value.withLock { $0 = isCurrent ? 1 : 2 }
      }
      trial?.own.withLock { $0 = thread }
      trial = nil
      gate.set()
      #expect(thread?.join(deadline: .seconds(10)) == true)
      #expect(trace == nil)
      #expect(seen.value.withLock { $0 } == 1 && thread?.isCurrent == false)
    }
  }

  @Test("A latch lets every waiting thread go, and those who come later")
  func latch() {
    let latch = Latch()
    let threads = (0..<4).map { _ in WorkerThread(name: "waiter") { latch.wait() } }
    #expect(!latch.isSet)
    #expect(!latch.wait(deadline: .zero))
    latch.set()
    latch.set()
    #expect(threads.allSatisfy { $0.join(deadline: .seconds(10)) })
    #expect(latch.isSet && latch.wait())
  }

  @Test("A mailbox gives what was put, in order, to one taker each")
  func mailboxOrder() {
    let box = BoundedMailbox<Int>(limit: 10_000)
    let taken = (0..<4).map { _ in Collected() }
    let takers = taken.map { mine in
      WorkerThread(name: "taker") {
        while case .element(let number) = box.take() { mine.add(number) }
      }
    }
    for number in 0..<5_000 { #expect(box.put(number)) }
    box.close()
    #expect(takers.allSatisfy { $0.join(deadline: .seconds(30)) })
    let runs = taken.map(\.all)
    #expect(runs.allSatisfy { zip($0, $0.dropFirst()).allSatisfy { $0 < $1 } })
    #expect(runs.joined().sorted() == Array(0..<5_000))
  }

  private final class Collected: Sendable {
    private let numbers = Mutex<[Int]>([])
    var all: [Int] { numbers.withLock { $0 } }
    func add(_ number: Int) { numbers.withLock { $0.append(number) } }
  }

  @Test("A full mailbox refuses, an empty one lets the deadline pass, a closed one is emptied first")
  func mailboxLimits() {
    let box = BoundedMailbox<Int>(limit: 2)
    #expect(box.put(1) && box.put(2))
    #expect(!box.put(3))
    #expect(box.count == 2)
    guard case .element(1) = box.take() else { return #expect(Bool(false), "the first comes first") }
    #expect(box.put(4))
    box.close()
    #expect(!box.put(5))
    guard case .element(2) = box.take(), case .element(4) = box.take(), case .closed = box.take() else {
      return #expect(Bool(false), "a closed mailbox gives what is inside, then says that it is closed")
    }
    let empty = BoundedMailbox<Int>(limit: 1)
    guard case .deadlinePassed = empty.take(deadline: .milliseconds(2)) else {
      return #expect(Bool(false), "an empty mailbox lets the deadline pass")
    }
  }
}
