import Glibc

/// The load of one round: a sink, a contender that is started for it, a generator; until everything is delivered.
struct LineLoad {
  /// Messages before the measurement: connections, caches, the allocator.
  static let warmUp = 500

  private let messages: Int
  private let connections: Int
  private let template: MessageTemplate
  private let contentType: String

  init(_ options: LineOptions, template: MessageTemplate, contentType: String) {
    messages = options.messages
    connections = options.connections
    self.template = template
    self.contentType = contentType
  }

  /// What the round gave, and what the sink got for the first message.
  func measure(_ start: (_ sinkPort: Int) throws -> any LineContender) throws -> (round: LineRound, sample: [UInt8]?) {
    let sink = try AgencySink()
    defer { sink.stop() }
    let contender = try start(sink.port)
    defer { contender.stop() }
    let generator = generator(port: contender.port)
    _ = try generator.run(numbers: 0..<Self.warmUp, connections: connections)
    try waitUntilDone(contender)
    let cpuBefore = contender.cpuSeconds
    let loadBefore = ProcessTime.seconds(of: getpid())
    let began = Clock.seconds
    let result = try generator.run(
      numbers: Self.warmUp..<(Self.warmUp + messages), connections: connections)
    guard result.refused == 0 else { throw BenchError("refused: \(result.firstRefusal ?? "")") }
    try waitUntilDone(contender)
    let seconds = Clock.seconds - began
    guard sink.received >= messages + Self.warmUp else {
      throw BenchError("the sink got \(sink.received) of \(messages + Self.warmUp) messages")
    }
    let round = LineRound(
      messages: messages, acceptedSeconds: result.seconds, doneSeconds: seconds, latencies: result.latencies,
      cpuSeconds: contender.cpuSeconds - cpuBefore, loadSeconds: ProcessTime.seconds(of: getpid()) - loadBefore,
      residentKibibytes: contender.residentKibibytes)
    return (round, sink.sample)
  }

  func generator(port: Int) -> LoadGenerator {
    Self.generator(port: port, template: template, contentType: contentType)
  }

  static func generator(port: Int, template: MessageTemplate, contentType: String) -> LoadGenerator {
    LoadGenerator(port: port, template: template) { length in
      Array(
        """
        POST /v1/messages HTTP/1.1\r
        Host: 127.0.0.1\r
        Content-Type: \(contentType)\r
        X-Api-Key: \(BenchSite.senderKey)\r
        Content-Length: \(length)\r
        \r

        """.utf8)
    }
  }

  /// Until nothing is on its way any more.
  private func waitUntilDone(_ contender: any LineContender) throws {
    let deadline = Clock.seconds + 120
    while !(try contender.isDone()) {
      guard Clock.seconds < deadline else { throw BenchError("not everything was delivered within 120 s") }
      usleep(2_000)
    }
  }
}
