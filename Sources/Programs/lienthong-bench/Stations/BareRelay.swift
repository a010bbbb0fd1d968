import Glibc
import HTTPKit

/// A process that takes messages and sends them on with nothing of the gateway in it: what HTTP costs, alone or with all
/// library calls that make the recipient's document of the sender's.
///
/// It stands under the same generator, sink and connections as the gateway. A processor whose neighbours are busy is
/// slower and its caches colder, so calls that are timed one by one on a quiet machine cost less than the same calls
/// cost anybody under load; here both sides pay the same.
enum BareRelay {
  /// Microseconds of processor a message.
  ///
  /// `catalogue`: where schemas and stylesheet are; without it messages are sent on as they came.
  static func measure(
    template: MessageTemplate, messages: Int, connections: Int, translating catalogue: String? = nil
  ) throws -> Double {
    let sink = try AgencySink()
    defer { sink.stop() }
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
    let arguments = [program, "relay", String(sink.port)] + [catalogue].compactMap(\.self)
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
    let result = try generator.run(numbers: 200..<(200 + messages), connections: connections)
    guard result.refused == 0 else { throw BenchError("the relay refused: \(result.firstRefusal ?? "")") }
    let deadline = Clock.seconds + 30
    while sink.received < messages + 200, Clock.seconds < deadline { usleep(2_000) }
    return (ProcessTime.seconds(of: pid) - before) * 1e6 / Double(messages)
  }

  /// The relay's own main: takes a message, sends it or its translation on, answers at once.
  static func serve(sinkPort: Int, catalogue: String?) throws {
    let client = try HTTPClient()
    let relay = Relay(
      client: client, url: "http://127.0.0.1:\(sinkPort)/", calls: try catalogue.map { try BareCalls(catalogue: $0) })
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
    let calls: BareCalls?
    static let accepted = HTTPResponse(status: 202, body: Array("{}".utf8))

    func handle(_ request: HTTPRequest, reply: HTTPReply) {
      do {
        let body = try calls.map { try $0.translated(request.body) } ?? request.body
        client.submit(HTTPClientRequest(method: .post, url: url, body: body)) { _ in }
        reply.send(Self.accepted)
      } catch {
        reply.send(HTTPResponse(status: 500))
      }
    }
  }
}
