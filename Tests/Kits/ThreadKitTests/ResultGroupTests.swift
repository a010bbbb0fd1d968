import Testing
import ThreadKit

@Suite("A group of results")
struct ResultGroupTests {
  private struct Failed: Error {}

  @Test("waits until each operation that was begun has told its result, whichever thread it ends on")
  func waits() {
    let group = ResultGroup<Int, Failed>()
    let workers = (1...8).map { number in
      let tell = group.begin()
      return WorkerThread(name: "worker") { tell(number.isMultiple(of: 2) ? .success(number) : .failure(Failed())) }
    }
    let results = group.wait()
    #expect(results.compactMap { try? $0.get() }.sorted() == [2, 4, 6, 8] && results.count == 8)
    for worker in workers { worker.join() }
  }

  @Test("does not wait where nothing was begun")
  func empty() {
    #expect(ResultGroup<Int, Failed>().wait().isEmpty)
  }
}
