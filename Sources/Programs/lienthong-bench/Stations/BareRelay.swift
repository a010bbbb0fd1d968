import Glibc
import HTTPKit

/// A process that takes messages and sends them on, and does nothing else: what HTTP alone costs.
enum BareRelay {
  /// Microseconds of processor a message.
  static func measure(template: MessageTemplate, messages: Int, connections: Int) throws -> Double {
    let sink = AgencySink()
    let server = try HTTPServer(configuration: HTTPServerConfiguration(threads: 1), handler: sink)
    try server.start()
    defer { server.stop() }
    var channel: (Int32, Int32) = (0, 0)
    let opened = withUnsafeMutablePointer(to: &channel) { pointer in
      pointer.withMemoryRebound(to: Int32.self, capacity: 2) { pipe($0) }
    }
    guard opened == 0 else { throw BenchError("no pipe can be made") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, channel.1, STDOUT_FILENO)
    let program = BenchFile.programBeside("lienthong-bench")
    let arguments = [program, "relay", String(server.port)]
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var pid = pid_t()
    guard posix_spawn(&pid, program, &actions, nil, &words, environ) == 0 else {
      throw BenchError("\(program) cannot be started")
    }
    close(channel.1)
    defer {
      kill(pid, SIGKILL)
      waitpid(pid, nil, 0)
      close(channel.0)
    }
    var text = [UInt8](repeating: 0, count: 16)
    let count = read(channel.0, &text, text.count)
    guard count > 0, let port = Int(String(decoding: text[..<count], as: UTF8.self).filter(\.isNumber)) else {
      throw BenchError("the relay did not come up")
    }
    let generator = LoadGenerator(port: port, template: template) { length in
      Array("POST /relay HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: \(length)\r\n\r\n".utf8)
    }
    _ = try generator.run(numbers: 0..<200, connections: connections)
    let before = ProcessTime.seconds(of: pid)
    _ = try generator.run(numbers: 200..<(200 + messages), connections: connections)
    let deadline = Clock.seconds + 30
    while sink.received < messages + 200, Clock.seconds < deadline { usleep(2_000) }
    return (ProcessTime.seconds(of: pid) - before) * 1e6 / Double(messages)
  }

  /// The relay's own main: takes a message, answers at once, sends it on.
  static func serve(sinkPort: Int) throws {
    let client = try HTTPClient()
    let relay = Relay(client: client, url: "http://127.0.0.1:\(sinkPort)/")
    let server = try HTTPServer(configuration: HTTPServerConfiguration(), handler: relay)
    try server.start()
    print(server.port)
    // Standard output is a pipe here and would keep the line to itself.
    fflush(nil)
    while true { pause() }
  }

  private struct Relay: HTTPHandler {
    let client: HTTPClient
    let url: String
    static let accepted = HTTPResponse(status: 202, body: Array("{}".utf8))

    func handle(_ request: HTTPRequest, reply: HTTPReply) {
      client.submit(HTTPClientRequest(method: .post, url: url, body: request.body)) { _ in }
      reply.send(Self.accepted)
    }
  }
}
