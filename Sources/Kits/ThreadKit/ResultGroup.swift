/// Operations that one thread begins one after another, and whose results it waits for together: commits that share a batch.
package final class ResultGroup<Success: Sendable, Failure: Error>: Sendable {
  private struct State: Sendable {
    var begun = 0
    var results: [Result<Success, Failure>] = []
  }

  private let state = Monitor(State())

  package init() {}

  /// Counts an operation as begun; what comes back takes its result, once and on any thread.
  package func begin() -> @Sendable (Result<Success, Failure>) -> Void {
    state.withLock { $0.begun += 1 }
    return { [state] result in
      state.withLock { $0.results.append(result) }
      state.wakeAll()
    }
  }

  /// The results of all that was begun, in the order in which they came; at once where nothing was.
  package func wait() -> [Result<Success, Failure>] {
    state.wait { $0.results.count == $0.begun ? $0.results : nil } ?? []
  }
}
