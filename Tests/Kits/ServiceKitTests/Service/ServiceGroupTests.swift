import Glibc
import ServiceKit
import Synchronization
import Testing
import ThreadKit

@Suite("Service group", .timeLimit(.minutes(1)))
struct ServiceGroupTests {
  /// Signals from the hand of the test.
  private final class HandSignals: SignalSource {
    private let box = BoundedMailbox<StopSignal>(limit: 8)
    func prepare() {}
    func send(_ signal: StopSignal) { box.put(signal) }
    func next() -> StopSignal? {
      guard case .element(let signal) = box.take() else { return nil }
      return signal
    }
    func end() { box.close() }
  }

  /// What happened, in order; something can be waited for.
  private final class Diary: Sendable {
    private let entries = Monitor<[String]>([])
    func write(_ entry: String) {
      entries.withLock { $0.append(entry) }
      entries.wakeAll()
    }
    func wait(for entry: String) -> Bool {
      entries.wait(deadline: .seconds(20)) { $0.contains(entry) ? true : nil } ?? false
    }
    var all: [String] { entries.withLock { $0 } }
  }

  private struct Refusal: Error {
    let text = "hunter2"
  }

  private struct FakeService: Service {
    let name: String
    let diary: Diary
    var stopDeadline = Duration.seconds(20)
    var isStartable = true
    var stopGate: Latch?

    func start() throws {
      diary.write("\(name) starts")
      if !isStartable { throw Refusal() }
    }

    func stop() {
      diary.write("\(name) stops")
      stopGate?.wait()
      diary.write("\(name) stopped")
    }
  }

  /// Runs the group on a thread and lets the test act meanwhile.
  private func run(
    _ services: [FakeService], log: Log = .silent, stopper: ServiceStopper = ServiceStopper(), signals: HandSignals,
    while act: () -> Void
  ) -> ServiceExit? {
    let exit = Monitor<ServiceExit?>(nil)
    let group = ServiceGroup(services, log: log, stopper: stopper, signals: signals)
    let thread = WorkerThread(name: "group") {
      let result = group.run()
      exit.withLock { $0 = result }
    }
    act()
    #expect(thread.join(deadline: .seconds(30)))
    signals.end()
    return exit.withLock { $0 }
  }

  @Test("Starts in order, stops in reverse after a signal, exit code 0")
  func lifeCycle() {
    let diary = Diary()
    let signals = HandSignals()
    let services = ["store", "server"].map { FakeService(name: $0, diary: diary) }
    let exit = run(services, signals: signals) {
      #expect(diary.wait(for: "server starts"))
      signals.send(.terminate)
    }
    #expect(exit == .stopped)
    #expect(
      diary.all == [
        "store starts", "server starts", "server stops", "server stopped", "store stops", "store stopped",
      ])
  }

  @Test(
    "A service that cannot start: those before it stop, those behind it never start, the log names the error's type")
  func startFailure() {
    let diary = Diary()
    let memory = LogMemory()
    let services = [
      FakeService(name: "store", diary: diary),
      FakeService(name: "server", diary: diary, isStartable: false),
      FakeService(name: "delivery", diary: diary),
    ]
    let exit = run(services, log: Log(output: memory), signals: HandSignals()) {}
    #expect(exit == .startFailed)
    #expect(diary.all == ["store starts", "server starts", "store stops", "store stopped"])
    #expect(memory.lines.contains { $0.contains("service-start-failed service=server error=Refusal") })
    #expect(!memory.lines.joined().contains("hunter2"))
  }

  @Test("A service that does not stop in time is left behind, and the others still stop")
  func deadline() {
    let diary = Diary()
    let gate = Latch()
    let signals = HandSignals()
    let services = [
      FakeService(name: "store", diary: diary),
      FakeService(name: "server", diary: diary, stopDeadline: .milliseconds(20), stopGate: gate),
    ]
    let exit = run(services, signals: signals) {
      #expect(diary.wait(for: "server starts"))
      signals.send(.interrupt)
    }
    #expect(exit == .stopIncomplete)
    #expect(diary.all.suffix(3) == ["server stops", "store stops", "store stopped"])
    gate.set()
    #expect(diary.wait(for: "server stopped"))
  }

  @Test("A second signal ends the run although a service is still stopping")
  func secondSignal() {
    let diary = Diary()
    let gate = Latch()
    let signals = HandSignals()
    let exit = run([FakeService(name: "store", diary: diary, stopGate: gate)], signals: signals) {
      #expect(diary.wait(for: "store starts"))
      signals.send(.terminate)
      #expect(diary.wait(for: "store stops"))
      signals.send(.interrupt)
    }
    #expect(exit == .interrupted(.interrupt))
    #expect(!diary.all.contains("store stopped"))
    gate.set()
  }

  @Test("A service can ask for the end, with or without a failure", arguments: [true, false])
  func request(failed: Bool) {
    let diary = Diary()
    let stopper = ServiceStopper()
    let exit = run([FakeService(name: "store", diary: diary)], stopper: stopper, signals: HandSignals()) {
      #expect(diary.wait(for: "store starts"))
      stopper.requestStop(failed: failed)
    }
    #expect(exit == (failed ? .serviceFailed : .stopped))
    #expect(diary.all.last == "store stopped")
  }

  @Test("A real SIGTERM to the process stops the services and the process exits with 0; SIGPIPE does not kill it")
  func realSignal() async {
    await #expect(processExitsWith: .exitCode(0)) {
      ServiceGroupTests.runWithRealSignals(second: nil)
    }
  }

  @Test("A second real signal while a service hangs ends the process with 128 + its number")
  func secondRealSignal() async {
    await #expect(processExitsWith: .exitCode(130)) {
      ServiceGroupTests.runWithRealSignals(second: SIGINT)
    }
  }

  /// The process's own signals, and on which thread they are waited for.
  private final class TappedSignals: SignalSource {
    private let waiting = Monitor<UInt?>(nil)
    func prepare() { ProcessSignals().prepare() }
    func next() -> StopSignal? {
      waiting.withLock { $0 = UInt(pthread_self()) }
      waiting.wakeAll()
      return ProcessSignals().next()
    }
    func send(_ signal: Int32) {
      guard let thread = waiting.wait(deadline: .seconds(20), { $0 }), pthread_kill(pthread_t(thread), signal) == 0
      else { _exit(94) }
    }
  }

  /// Runs in a process of its own. The test runner there has threads that do not block signals, so the signal is aimed
  /// at the thread that waits for it.
  private static func runWithRealSignals(second: Int32?) {
    let diary = Diary()
    let signals = TappedSignals()
    let service = FakeService(name: "store", diary: diary, stopGate: second == nil ? nil : Latch())
    let group = ServiceGroup([service], log: .silent, signals: signals)
    let sender = WorkerThread(name: "sender") {
      guard diary.wait(for: "store starts") else { _exit(99) }
      var pipeSignal = sigset_t()
      sigemptyset(&pipeSignal)
      sigaddset(&pipeSignal, SIGPIPE)
      pthread_sigmask(SIG_UNBLOCK, &pipeSignal, nil)
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { _exit(98) }
      close(ends[0])
      var byte: UInt8 = 0
      guard write(ends[1], &byte, 1) == -1, errno == EPIPE else { _exit(97) }
      signals.send(SIGTERM)
      guard let second else { return }
      guard diary.wait(for: "store stops") else { _exit(96) }
      signals.send(second)
    }
    let exit = group.run()
    withExtendedLifetime(sender) {}
    if second == nil, diary.all.last != "store stopped" { _exit(95) }
    _exit(exit.code)
  }
}
