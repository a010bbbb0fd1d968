import Synchronization

/// Where the living gateways listen, known to every sender.
final class KillPorts: Sendable {
  private let ports = Mutex<[Int]>([])

  func add(_ port: Int) { ports.withLock { $0.append(port) } }
  func remove(_ port: Int) { ports.withLock { $0.removeAll { $0 == port } } }

  /// The gateway whose turn it is; nil while none lives.
  func port(turn: Int) -> Int? { ports.withLock { $0.isEmpty ? nil : $0[turn % $0.count] } }
}
