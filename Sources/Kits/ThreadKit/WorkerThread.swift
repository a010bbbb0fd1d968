import Glibc

/// A thread of the operating system for work that blocks: such work must not stand on Swift's cooperative pool, which
/// has only as many threads as the machine has cores.
package final class WorkerThread: Sendable {
  private let thread: UnsafeThread
  private let done: Latch

  private final class Start: Sendable {
    let name: String
    let body: @Sendable () -> Void
    let done: Latch

    init(name: String, body: @escaping @Sendable () -> Void, done: Latch) {
      self.name = name
      self.body = body
      self.done = done
    }
  }

  /// pthread_t is a plain number on Linux; it is only compared and handed back to pthread calls.
  private struct UnsafeThread: @unchecked Sendable {
    let id: pthread_t
  }

  /// Starts at once, with all signals blocked that another thread can take: they belong to the thread that waits for
  /// them (`ProcessSignals`). `name` appears in `top -H` and debuggers, its first 15 bytes. The process stops if the
  /// machine gives no thread.
  package convenience init(name: String, _ body: @escaping @Sendable () -> Void) {
    do throws(Refused) {
      try self.init(starting: name, body)
    } catch {
      fatalError("the thread \(name) could not be started: \(String(cString: strerror(error.status)))")
    }
  }

  /// The same for those who can do without: nil if the machine gives no thread.
  package static func ifGiven(name: String, _ body: @escaping @Sendable () -> Void) -> WorkerThread? {
    try? WorkerThread(starting: name, body)
  }

  /// The machine gives no thread, for the reason that `status` says.
  private struct Refused: Error {
    let status: Int32
  }

  private init(starting name: String, _ body: @escaping @Sendable () -> Void) throws(Refused) {
    let done = Latch()
    let start = Unmanaged.passRetained(Start(name: name, body: body, done: done))
    var id = pthread_t()
    var blocked = Self.signalsForOthers
    var before = sigset_t()
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
    let status = pthread_create(&id, nil, workerThreadMain, start.toOpaque())
    pthread_sigmask(SIG_SETMASK, &before, nil)
    guard status == 0 else {
      start.release()
      throw Refused(status: status)
    }
    // Nobody needs its return value; `join` waits on the latch instead and can therefore have a deadline.
    pthread_detach(id)
    thread = UnsafeThread(id: id)
    self.done = done
  }

  /// Waits until the body has ended and is let go of; false when it has not within `deadline`. May be called by several
  /// threads.
  @discardableResult
  package func join(deadline: Duration? = nil) -> Bool { done.wait(deadline: deadline) }

  /// Whether this is the calling thread. The system may give the id of one that has ended to another.
  package var isCurrent: Bool { pthread_equal(thread.id, pthread_self()) != 0 && !done.isSet }

  fileprivate static func run(_ argument: UnsafeMutableRawPointer) {
    // What the body held is let go of before anybody is told that it has ended.
    runBody(argument).set()
  }

  private static func runBody(_ argument: UnsafeMutableRawPointer) -> Latch {
    // Balances passRetained in the initialiser: exactly one thread takes it.
    let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
    setName(start.name)
    start.body()
    return start.done
  }

  /// All signals but those that tell of a fault of the thread itself.
  private static var signalsForOthers: sigset_t {
    var set = sigset_t()
    sigfillset(&set)
    for signal in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS] { sigdelset(&set, signal) }
    return set
  }

  /// pthread_setname_np is not visible to Swift; the kernel offers the same through a file.
  private static func setName(_ name: String) {
    let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    let bytes = Array(name.utf8.prefix(15))
    _ = write(file, bytes, bytes.count)
    close(file)
  }
}

private func workerThreadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  WorkerThread.run(argument)
  return nil
}
