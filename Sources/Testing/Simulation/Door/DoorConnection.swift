import Glibc

/// A connection that passes through the door: bytes from the client to the server behind, and back.
///
/// Used by the door's thread only.
final class DoorConnection {
  /// What becomes of the bytes that still come from the server behind.
  private enum Return {
    case all
    /// The head passes, then so many bytes, then the connection is closed. `ending` is what was last seen of the head.
    case head(ending: [UInt8], thenBodyBytes: Int)
    case count(Int)
    /// They vanish, and the connection stays open.
    case none
  }

  /// The address the server behind sees as the remote end: the connection's name.
  let source: UInt32
  let client: DoorSocket
  let server: DoorSocket
  private(set) var isClosed = false
  private var toServer: ArraySlice<UInt8> = []
  private var toClient: ArraySlice<UInt8> = []
  private var hasClientEnded = false
  private var hasServerEnded = false
  private var passing = Return.all

  /// Held for the slower side before the faster one is made to wait.
  private static let bufferLimit = 256 * 1024

  init(source: UInt32, client: DoorSocket, server: DoorSocket) {
    self.source = source
    self.client = client
    self.server = server
  }

  /// What to wait for: at the client, then at the server.
  var interests: (client: Int16, server: Int16) {
    var client: Int16 = 0
    var server: Int16 = 0
    if !hasClientEnded && toServer.count < Self.bufferLimit { client |= Int16(POLLIN) }
    if !hasServerEnded && toClient.count < Self.bufferLimit { server |= Int16(POLLIN) }
    if !toClient.isEmpty { client |= Int16(POLLOUT) }
    if !toServer.isEmpty { server |= Int16(POLLOUT) }
    return (client, server)
  }

  func play(_ act: DoorAct) {
    switch act {
    case .cut: close()
    case .mute: passing = .none
    case .breakOff(let bodyBytes): passing = .head(ending: [], thenBodyBytes: bodyBytes)
    }
  }

  func readFromClient() {
    switch client.read(limit: 64 * 1024) {
    case .bytes(let bytes): toServer += bytes
    case .nothingYet: return
    case .end: hasClientEnded = true
    }
    flush()
  }

  /// `beforePassing` is called between reading and passing on: an act that was ordered before the server behind
  /// answered is known by then.
  func readFromServer(beforePassing: () -> Void) {
    let reading = server.read(limit: 64 * 1024)
    beforePassing()
    guard !isClosed else { return }
    switch reading {
    case .bytes(let bytes): pass(bytes)
    case .nothingYet: return
    case .end: hasServerEnded = true
    }
    flush()
  }

  func flush() {
    guard !isClosed else { return }
    guard let sentBack = client.write(toClient), let sentOn = server.write(toServer) else { return close() }
    toClient = toClient.dropFirst(sentBack)
    toServer = toServer.dropFirst(sentOn)
    if case .count(0) = passing, toClient.isEmpty { return close() }
    if hasServerEnded && toClient.isEmpty { return close() }
    if hasClientEnded && toServer.isEmpty { server.finishWriting() }
  }

  /// Both ends; the sockets themselves go with the object.
  func close() {
    isClosed = true
    toClient = []
    toServer = []
  }

  private func pass(_ bytes: [UInt8]) {
    switch passing {
    case .all: toClient += bytes
    case .none: break
    case .count(let left):
      toClient += bytes.prefix(left)
      passing = .count(max(0, left - bytes.count))
    case .head(var ending, let bodyBytes):
      for (index, byte) in bytes.enumerated() {
        ending = ending.suffix(3) + [byte]
        guard ending == Array("\r\n\r\n".utf8) else { continue }
        toClient += bytes[...index]
        passing = .count(bodyBytes)
        return pass(Array(bytes[(index + 1)...]))
      }
      toClient += bytes
      passing = .head(ending: ending, thenBodyBytes: bodyBytes)
    }
  }
}

/// What a door can do to a connection.
enum DoorAct: Sendable {
  /// Close it at once.
  case cut
  /// Let nothing more through to the client, and keep it open.
  case mute
  /// Let the head of the next answer and so many bytes of its body through, then close.
  case breakOff(bodyBytes: Int)
}
