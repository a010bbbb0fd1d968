import DossierStore
import Glibc
import HTTPKit
import ServiceKit

/// How many events of procedures a gateway takes in a second while many procedures are open, and whether an event costs more when
/// there are more of them.
///
/// Everything is real: the built gateway, XML over HTTP, the canonical schema, the commit, and the messages that an event brings
/// about written and ready for those who get them. The same events are measured on a site with few open procedures in the same run.
final class ProceduresBenchmark {
  private static let few = 1_000
  private static let events = 10_000
  private static let connections = 16
  private static let lookPatience = 150.0
  private static let client: HTTPClient = {
    do { return try HTTPClient() } catch { fatalError("no client can be made: \(error)") }
  }()
  private let open: Int

  init(open: Int) { self.open = open }

  func run() throws {
    print("procedures of three agencies; load before: \(MachineLoad.text)")
    let small = try measure(open: Self.few, events: Self.few)
    let large = try measure(open: open, events: min(open, Self.events))
    print(
      "processor for an event, \(open) open against \(Self.few): \(Figures.two(large.cpu / small.cpu)) (bar: does not grow)"
    )
    print("load after: \(MachineLoad.text)")
  }

  private func measure(open: Int, events: Int) throws -> (rate: Double, cpu: Double) {
    let site = try ProceduresSite(catalogue: try BenchFile.currentFolder())
    let gateway = try GatewayProcess(
      program: BenchFile.programBeside("lienthong"), folder: site.folder, data: site.data)
    defer { gateway.stop() }
    let reader = SQLDossierReader(.sqlite(path: site.database))
    let opening = try play(ProceduresSite.dossier, "mot-cua", 0..<open, gateway, reader)
    print("\n\(open) opened at \(Figures.whole(Double(open) / opening.seconds))/s")
    // In the middle of all that are open, and each of its own dossier.
    let first = (open - events) / 2
    let taken = try play(ProceduresSite.taken, "ho-tich", first..<(first + events), gateway, reader)
    report("taken: 1 event, 2 messages of it", taken, events)
    let done = try play(ProceduresSite.done, "ho-tich", first..<(first + events), gateway, reader)
    report("done: 1 event, 4 messages of it", done, events)
    try reportLook(gateway, open)
    print("most memory \(Figures.mebibytes(gateway.peakKibibytes))")
    let seconds = taken.seconds + done.seconds
    return (Double(2 * events) / seconds, (taken.cpu + done.cpu) / Double(2 * events))
  }

  /// The gateway looks ahead once a minute, at up to 1,000 procedures that are due soon, beside everything else.
  private func reportLook(_ gateway: GatewayProcess, _ open: Int) throws {
    let before = try Self.look(gateway.port)
    let patience = Clock.seconds + Self.lookPatience
    var took = before
    while took == before, Clock.seconds < patience {
      usleep(500_000)
      took = try Self.look(gateway.port)
    }
    guard took != before else { throw BenchError("the gateway has not looked ahead in \(Self.lookPatience) s") }
    print("look ahead, \(open) open: \(Figures.two(took * 1e3)) ms, once a minute")
  }

  private static func look(_ port: Int) throws -> Double {
    let request = HTTPClientRequest(method: .get, url: "http://127.0.0.1:\(port)/metrics")
    guard let answer = client.sendBlocking(request).response, answer.status == 200 else {
      throw BenchError("/metrics was not answered")
    }
    let name = "lienthong_procedure_look_ahead_seconds "
    let line = String(decoding: answer.body, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(name) }
    guard let line, let seconds = Double(line.dropFirst(name.count)) else {
      throw BenchError("the gateway does not tell how long it looked ahead")
    }
    return seconds
  }

  private struct Play {
    var seconds: Double
    var cpu: Double
    var accepted: Double
    var p99: Double
  }

  /// Sends a message for each number and waits until everything that came of it is written.
  private func play(
    _ template: MessageTemplate, _ party: String, _ numbers: Range<Int>, _ gateway: GatewayProcess,
    _ reader: SQLDossierReader
  ) throws -> Play {
    let load = LoadGenerator(port: gateway.port, template: template) { bytes in
      Array(
        """
        POST /v1/messages HTTP/1.1\r
        Host: 127.0.0.1\r
        X-Api-Key: \(party)\r
        Content-Type: application/xml\r
        Content-Length: \(bytes)\r
        \r

        """.utf8)
    }
    let (start, cpu) = (Clock.seconds, gateway.cpuSeconds)
    let result = try load.run(numbers: numbers, connections: Self.connections)
    guard result.refused == 0 else { throw BenchError("refused: \(result.firstRefusal ?? "")") }
    while try !reader.unwrittenOutputs(after: nil, limit: 1).isEmpty { usleep(10_000) }
    return Play(
      seconds: Clock.seconds - start, cpu: gateway.cpuSeconds - cpu, accepted: result.seconds,
      p99: result.latencies[min(result.latencies.count - 1, result.latencies.count * 99 / 100)])
  }

  private func report(_ name: String, _ play: Play, _ events: Int) {
    print(
      "\(name): \(Figures.whole(Double(events) / play.seconds)) events/s until written (bar 1000), "
        + "\(Figures.whole(Double(events) / play.accepted))/s acknowledged, p99 \(Figures.two(play.p99 * 1e3)) ms, "
        + "\(Figures.whole(play.cpu / Double(events) * 1e6)) µs of processor an event")
  }
}
