import Glibc
import Synchronization

/// Runs a body on several real threads at once: concurrency tests must not be at the mercy of the cooperative pool.
enum ThreadGroup {
  static func run<Result: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Result) -> [Result] {
    let results = SharedResults<Result>()
    let threads = (0..<count).map { number in
      let start = ThreadStart { results.add(body(number)) }
      var thread = pthread_t()
      let status = pthread_create(&thread, nil, threadMain, Unmanaged.passRetained(start).toOpaque())
      precondition(status == 0, "a thread could not be started")
      return thread
    }
    for thread in threads { pthread_join(thread, nil) }
    return results.all
  }
}

private final class SharedResults<Result: Sendable>: Sendable {
  private let results = Mutex<[Result]>([])
  var all: [Result] { results.withLock { $0 } }
  func add(_ result: Result) { results.withLock { $0.append(result) } }
}

private final class ThreadStart: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  Unmanaged<ThreadStart>.fromOpaque(argument!).takeRetainedValue().body()
  return nil
}
