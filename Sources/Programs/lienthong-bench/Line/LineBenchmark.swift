import DossierStore
import Gateway
import Glibc
import HTTPKit

/// The whole line under load, then its parts, then the bare library calls for the same documents, in one run.
final class LineBenchmark {
  private let options: LineOptions
  private let template: MessageTemplate
  private let catalogue: String

  init(_ options: LineOptions) throws {
    self.options = options
    guard let template = MessageTemplate(document: try BenchFile.read(options.document)) else {
      throw BenchError("\(options.document) is no dossier with a MaHoSo that ends in a number")
    }
    self.template = template
    catalogue = try BenchFile.currentFolder()
  }

  func run() throws {
    print(
      "document: \(template.byteCount) bytes of generation-A JSON; \(options.messages) messages a round, "
        + "\(options.connections) connections; generator, gateway and sink on \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores"
    )
    var rounds: [LineRound] = []
    var relays: [Double] = []
    var translatingRelays: [Double] = []
    for number in 1...options.rounds {
      let round = try measureLine()
      print("round \(number): " + round.text)
      rounds.append(round)
      // In turn with the rounds, so that both see the same machine.
      relays.append(try measureRelay(translating: nil))
      translatingRelays.append(try measureRelay(translating: catalogue))
    }
    let median = rounds.sorted { $0.messagesPerSecond < $1.messagesPerSecond }[rounds.count / 2]
    let relay = StepTime(
      name: "HTTP in and out (libmicrohttpd, libcurl; a process that relays)",
      microseconds: relays.sorted()[relays.count / 2])
    let translatingRelay = StepTime(
      name: "the same process, with every call below but SQLite's",
      microseconds: translatingRelays.sorted()[translatingRelays.count / 2])
    let stations = try StationTimes.measure(template: template, catalogue: catalogue)
    let calls = try BareCalls(catalogue: catalogue).measure(template, batch: median.batch)
    print("\nmedian: " + median.text)
    print("\nthe line, processor time of one thread, one message:")
    stations.forEach { print($0.text) }
    print("\nthe bare library calls for the same documents, under the same load:")
    print(relay.text + "\n" + translatingRelay.text)
    print("one by one, on one thread:")
    calls.forEach { print($0.text) }
    let rows = calls.last?.microseconds ?? 0
    compare(median, with: translatingRelay.microseconds + rows, "the bare calls under the same load, with SQLite's")
    let quiet = calls.reduce(relay.microseconds) { $0 + $1.microseconds }
    compare(median, with: quiet, "HTTP and the calls one by one")
  }

  private func compare(_ round: LineRound, with sum: Double, _ name: String) {
    print(
      "\nprocessor time per message: gateway \(Figures.one(round.cpuMicroseconds)) µs, \(name) "
        + "\(Figures.one(sum)) µs, ratio \(Figures.two(round.cpuMicroseconds / sum))")
  }

  private func measureRelay(translating catalogue: String?) throws -> Double {
    try BareRelay.measure(
      template: template, messages: options.messages / 4, connections: options.connections, translating: catalogue)
  }

  /// Resident memory when idle, and with messages queued for an agency that nobody answers for.
  func runMemory() throws {
    // Port 9 is the discard service, which nobody runs: connections are refused at once.
    let site = try BenchSite(catalogue: catalogue, sinkPort: 9, threads: options.threads)
    let gateway = try GatewayProcess(program: BenchFile.programBeside("lienthong"), site: site)
    defer { gateway.stop() }
    usleep(500_000)
    let idle = gateway.residentKibibytes
    let generator = LineLoad(options, template: template, contentType: "application/json").generator(port: gateway.port)
    // The first messages make the pools and caches that any load makes.
    _ = try generator.run(numbers: 0..<1_000, connections: options.connections)
    let warm = gateway.residentKibibytes
    let result = try generator.run(numbers: 1_000..<(1_000 + options.messages), connections: options.connections)
    guard result.refused == 0 else { throw BenchError("refused: \(result.firstRefusal ?? "")") }
    let full = gateway.residentKibibytes
    let queued = try SQLDossierReader(.sqlite(path: site.database)).queue().reduce(0) { $0 + $1.count }
    print(
      "resident: idle \(Figures.mebibytes(idle)), after 1000 messages \(Figures.mebibytes(warm)), with \(queued) queued "
        + "\(Figures.mebibytes(full)): grown by \(Figures.mebibytes(full - idle)) since idle, "
        + "\(Figures.mebibytes(full - warm)) since the first thousand")
  }

  /// The steps before the store alone.
  func runStations() throws {
    try StationTimes.measure(template: template, catalogue: catalogue).forEach { print($0.text) }
  }

  private func measureLine() throws -> LineRound {
    let store = try options.store.map { String(decoding: try BenchFile.read($0), as: UTF8.self) }
    return try LineLoad(options, template: template, contentType: "application/json").measure { sinkPort in
      try GatewayContender(
        BenchSite(catalogue: catalogue, sinkPort: sinkPort, threads: options.threads, store: store))
    }.round
  }
}
