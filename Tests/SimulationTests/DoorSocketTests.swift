import Testing

@testable import Simulation

@Suite("A socket of the faulty door") struct DoorSocketTests {
  @Test("knows the end of a connection from bytes that have not come yet, whatever failed before")
  func end() throws {
    let listener = try DoorSocket.listening(port: 0)
    var client: DoorSocket? = try DoorSocket.connected(to: listener.port, from: 0x7F01_0001)
    var accepted: DoorSocket?
    while accepted == nil { accepted = listener.accepted() }
    let server = try #require(accepted)
    #expect(reading(server) == "nothing yet")
    #expect(client?.write([1, 2]) == 2)
    var read = reading(server)
    while read == "nothing yet" { read = reading(server) }
    #expect(read == "2 bytes")
    #expect(reading(server) == "nothing yet")
    client = nil
    // The end may take a moment to arrive; told wrongly it would never come.
    var attempts = 0
    repeat {
      read = reading(server)
      attempts += 1
    } while read == "nothing yet" && attempts < 1_000_000
    #expect(read == "end")
  }

  private func reading(_ socket: DoorSocket) -> String {
    switch socket.read(limit: 64) {
    case .bytes(let bytes): "\(bytes.count) bytes"
    case .nothingYet: "nothing yet"
    case .end: "end"
    }
  }
}
