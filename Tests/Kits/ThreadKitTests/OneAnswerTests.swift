import Testing
import ThreadKit

@Suite("One answer that is waited for")
struct OneAnswerTests {
  @Test("is given back when it comes, from another thread or at once")
  func waits() {
    let begun = Latch()
    let late = OneAnswer.wait { answer in
      _ = WorkerThread(name: "answer") {
        begun.set()
        answer(7)
      }
    }
    #expect(late == 7 && begun.isSet)
    #expect(OneAnswer.wait { $0("now") } == "now")
  }
}
