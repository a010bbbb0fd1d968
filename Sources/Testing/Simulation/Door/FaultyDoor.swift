import Glibc
import Synchronization
import ThreadKit

/// The address at which a simulator is reached: a relay in front of its HTTP server that can do to a connection what a
/// server library never does — refuse it, close it without a word, break off in the middle of an answer, or fall silent.
///
/// Each connection reaches the server behind from a loopback address of its own (127.1.0.1, 127.1.0.2, …), so that a
/// handler can name the connection it wants to treat badly by the remote address of its request.
final class FaultyDoor: Sendable {
  private enum Command: Sendable {
    case play(DoorAct, on: String)
    case shut(sparing: String?)
    case open
    case stop
  }

  let port: UInt16
  private let serverPort: UInt16
  private let commands = Mutex<[Command]>([])
  /// A pipe that ends the thread's waiting; closed with the door, after the thread has ended.
  private let wakeUp: (reading: Int32, writing: Int32)
  private let thread: Mutex<WorkerThread?> = Mutex(nil)

  /// Listens on 127.0.0.1 from now on; connections are answered by the server at `serverPort`.
  init(port: UInt16, serverPort: UInt16) throws(DoorError) {
    let socket = try DoorSocket.listening(port: port)
    self.port = socket.port
    self.serverPort = serverPort
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw DoorError("the system gives no pipe; raise its limit of open files") }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    wakeUp = (reading: ends[0], writing: ends[1])
    // The socket goes to the thread, which is its only user from then on.
    let handover = Handover(socket)
    let worker = WorkerThread(name: "door") { [self] in run(handover) }
    thread.withLock { $0 = worker }
  }

  deinit {
    close(wakeUp.reading)
    close(wakeUp.writing)
  }

  /// Treats the connection with this remote address. Ordered before the answer is given, it is done to that answer.
  func play(_ act: DoorAct, on remoteAddress: String) { order(.play(act, on: remoteAddress)) }

  /// Refuses new connections and cuts those that are there, save the one with this remote address: over it the order
  /// may have come.
  func shut(sparing remoteAddress: String? = nil) { order(.shut(sparing: remoteAddress)) }

  /// Takes connections again, at the same port.
  func open() { order(.open) }

  /// Cuts everything and joins the thread. Calling it again does nothing.
  func stop() {
    order(.stop)
    let worker = thread.withLock { thread in
      let worker = thread
      thread = nil
      return worker
    }
    worker?.join()
  }

  private func order(_ command: Command) {
    commands.withLock { $0.append(command) }
    // A full pipe is a thread that has been woken often enough.
    var one: UInt8 = 1
    _ = write(wakeUp.writing, &one, 1)
  }

  // MARK: The thread

  private func run(_ handover: Handover) {
    // Nobody but the loop may hold the socket: letting go of it is what refuses connections.
    var loop = DoorLoop(listener: handover.take(), port: port, serverPort: serverPort, wakeUp: wakeUp.reading)
    while obey(&loop) {
      loop.turn { loop in _ = obey(&loop) }
    }
  }

  /// Carries out what was ordered; false when the door stops.
  private func obey(_ loop: inout DoorLoop) -> Bool {
    let ordered = commands.withLock { commands in
      let ordered = commands
      commands = []
      return ordered
    }
    for command in ordered {
      switch command {
      case .play(let act, on: let remoteAddress): loop.play(act, on: remoteAddress)
      case .shut(let spared): loop.shut(sparing: spared)
      case .open: loop.open()
      case .stop: loop.isStopping = true
      }
    }
    return !loop.isStopping
  }
}

/// Carries the listening socket to the door's thread, once.
private final class Handover: @unchecked Sendable {
  // Sendable because the socket is written before the thread exists and taken once, by the thread.
  private var socket: DoorSocket?

  init(_ socket: DoorSocket) { self.socket = socket }

  func take() -> DoorSocket {
    guard let socket else { preconditionFailure("the socket is handed over once") }
    self.socket = nil
    return socket
  }
}
