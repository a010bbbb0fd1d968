import Glibc

/// The door's connections and the waiting for them; used by the door's thread only.
struct DoorLoop {
  var isStopping = false
  private var listener: DoorSocket?
  private let port: UInt16
  private let serverPort: UInt16
  private let wakeUp: Int32
  private var connections: [UInt32: DoorConnection] = [:]
  /// 127.1.0.0 and up; 16 million connections later it begins again.
  private var lastSource: UInt32 = 0x7F01_0000

  /// Connections at the same time; more wait in the kernel's queue.
  private static let connectionLimit = 512
  /// Between two attempts to get the port back.
  private static let reopeningMilliseconds: Int32 = 50
  private var isReopening = false

  init(listener: DoorSocket, port: UInt16, serverPort: UInt16, wakeUp: Int32) {
    self.listener = listener
    self.port = port
    self.serverPort = serverPort
    self.wakeUp = wakeUp
  }

  mutating func play(_ act: DoorAct, on remoteAddress: String) {
    guard let source = Self.number(of: remoteAddress), let connection = connections[source] else { return }
    connection.play(act)
    if connection.isClosed { connections[source] = nil }
  }

  mutating func shut(sparing remoteAddress: String?) {
    listener = nil
    isReopening = false
    let spared = remoteAddress.flatMap(Self.number)
    for connection in connections.values where connection.source != spared { connection.close() }
    connections = connections.filter { !$0.value.isClosed }
  }

  mutating func open() {
    guard listener == nil else { return }
    listener = try? DoorSocket.listening(port: port)
    // Somebody may hold the port for a moment, as its own client port; the next turn tries again.
    isReopening = listener == nil
  }

  /// Waits until something happens and deals with it. `obey` carries out orders that came meanwhile.
  mutating func turn(obey: (inout DoorLoop) -> Void) {
    if isReopening { open() }
    let current = Array(connections.values)
    var polls = [pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0)]
    let isAccepting = current.count < Self.connectionLimit
    polls.append(pollfd(fd: isAccepting ? listener?.descriptor ?? -1 : -1, events: Int16(POLLIN), revents: 0))
    for connection in current {
      let interests = connection.interests
      polls.append(Self.entry(connection.client, interests.client))
      polls.append(Self.entry(connection.server, interests.server))
    }
    guard poll(&polls, nfds_t(polls.count), isReopening ? Self.reopeningMilliseconds : -1) > 0 else { return }
    if polls[0].revents != 0 {
      var taken = [UInt8](repeating: 0, count: 64)
      while read(wakeUp, &taken, taken.count) > 0 {}
    }
    for (index, connection) in current.enumerated() {
      relay(connection, polls[2 + 2 * index].revents, polls[3 + 2 * index].revents, obey: obey)
    }
    if polls[1].revents != 0 { acceptAll() }
  }

  private mutating func relay(
    _ connection: DoorConnection, _ atClient: Int16, _ atServer: Int16, obey: (inout DoorLoop) -> Void
  ) {
    let readable = Int16(POLLIN | POLLHUP | POLLERR)
    if atServer & readable != 0, !connection.isClosed { connection.readFromServer { obey(&self) } }
    if atClient & readable != 0, !connection.isClosed { connection.readFromClient() }
    if (atClient | atServer) & Int16(POLLOUT) != 0 { connection.flush() }
    // An order may have shut the door and let all connections go meanwhile.
    if connection.isClosed, connections[connection.source] === connection { connections[connection.source] = nil }
  }

  private mutating func acceptAll() {
    while connections.count < Self.connectionLimit, let client = listener?.accepted() {
      repeat {
        lastSource = lastSource == 0x7FFF_FFFE ? 0x7F01_0001 : lastSource + 1
      } while connections[lastSource] != nil
      // A server behind that does not answer is one that is stopping; the client sees its connection closed.
      guard let server = try? DoorSocket.connected(to: serverPort, from: lastSource) else { return }
      connections[lastSource] = DoorConnection(source: lastSource, client: client, server: server)
    }
  }

  /// A socket of which nothing is wanted is left out: poll would report its end again and again.
  private static func entry(_ socket: DoorSocket, _ events: Int16) -> pollfd {
    pollfd(fd: events == 0 ? -1 : socket.descriptor, events: events, revents: 0)
  }

  /// 127.1.0.1 as a number, host order.
  private static func number(of address: String) -> UInt32? {
    var parsed = in_addr()
    guard inet_pton(AF_INET, address, &parsed) == 1 else { return nil }
    return UInt32(bigEndian: parsed.s_addr)
  }
}
