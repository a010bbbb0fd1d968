/// Waiting for what another thread answers once, such as the commit of a change.
package enum OneAnswer {
  /// Begins something with what takes its answer, once and on any thread, and blocks until it has come. It has no deadline: only
  /// what answers always, also when it is stopped, may be waited for.
  package static func wait<Answer: Sendable>(
    _ begin: (@escaping @Sendable (Answer) -> Void) -> Void
  ) -> Answer {
    let answered = Monitor<Answer?>(nil)
    begin { answer in
      answered.withLock { $0 = answer }
      answered.wakeAll()
    }
    guard let answer = answered.wait(deadline: nil, { $0 }) else { preconditionFailure("it waits without a deadline") }
    return answer
  }
}
