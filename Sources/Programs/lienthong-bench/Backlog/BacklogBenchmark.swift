import DossierStore
import GatewayTesting
import Glibc
import HTTPKit
import ServiceKit

/// A gateway that starts on a store with a million messages queued: when the first delivery arrives, how long it takes to
/// find a dossier meanwhile, and how much memory it takes.
///
/// The messages are small, so that the store is filled in minutes; they are recorded through the store's own door. What is
/// measured depends on their number: rows, indexes and claims, not on their bytes.
final class BacklogBenchmark {
  private static let bytes = 400
  /// How long dossiers are looked for, and how long a look-up waits for the next.
  private static let searchSeconds = 20.0
  private static let searchPause: UInt32 = 5_000
  private let messages: Int

  init(messages: Int) { self.messages = messages }

  /// - Parameter postgresql: whether a store on PostgreSQL is measured after the one on SQLite.
  func run(postgresql: Bool) throws {
    print("\(messages) messages of \(Self.bytes) bytes queued for one agency; load before: \(MachineLoad.text)")
    print("\non SQLite:")
    try measure(store: nil)
    guard postgresql, DebianPackage.areInstalled(["postgresql-15"], for: "PostgreSQL") else { return }
    print("\non PostgreSQL:")
    let server = BenchPostgreSQL.start()
    defer { server.stop() }
    try measure(store: server.makeDatabase())
  }

  private func measure(store database: TemporaryPostgreSQLDatabase?) throws {
    let sink = try AgencySink()
    defer { sink.stop() }
    let site = try BenchSite(
      catalogue: try BenchFile.currentFolder(), sinkPort: sink.port, threads: nil,
      store: database.map(BenchPostgreSQL.site))
    let program = BenchFile.programBeside("lienthong")
    let empty = try GatewayProcess(program: program, site: site)
    usleep(500_000)
    let idle = empty.peakKibibytes
    empty.stop()
    try fill(database.map { .postgresql($0.configuration) } ?? .sqlite(path: site.database))

    let start = Clock.seconds
    let gateway = try GatewayProcess(program: program, site: site)
    defer { gateway.stop() }
    let listening = Clock.seconds - start
    while sink.received == 0 {
      guard Clock.seconds - start < 600 else { throw BenchError("nothing was delivered for ten minutes") }
      usleep(1_000)
    }
    print(
      "after the start: it listens after \(Figures.two(listening)) s, the first delivery arrives after "
        + "\(Figures.two(Clock.seconds - start)) s (bar 10)")
    let before = (sink.received, Clock.seconds)
    try search(gateway.port)
    let rate = Double(sink.received - before.0) / (Clock.seconds - before.1)
    try time("GET /metrics", gateway.port, path: "/metrics", calls: 5)
    let grown = Figures.mebibytes(max(0, gateway.peakKibibytes - idle))
    print(
      "meanwhile it delivered \(Figures.whole(rate)) messages/s; most memory \(Figures.mebibytes(gateway.peakKibibytes)), "
        + "\(grown) more than on an empty store (bar 64 MiB); load after: \(MachineLoad.text)")
  }

  private func fill(_ location: StoreLocation) throws {
    let store = try SQLDossierStore(location, at: SystemTimeSource().now())
    defer { store.close() }
    let start = Clock.seconds
    try StoreAccepts.fill(store, messages: messages, inFlight: 512, bytes: Self.bytes)
    let seconds = Clock.seconds - start
    print("filled through the store at \(Figures.whole(Double(messages) / seconds)) messages/s")
    fflush(nil)
  }

  /// Looks for dossiers by their code, anywhere in the store, one after another.
  private func search(_ port: Int) throws {
    var random = SystemRandomNumberGenerator()
    var latencies: [Double] = []
    let end = Clock.seconds + Self.searchSeconds
    while Clock.seconds < end {
      let code = BenchPayload.dossier(Int.random(in: 0..<messages, using: &random))
      latencies.append(try Self.get("/v1/dossiers/\(code)", port))
      usleep(Self.searchPause)
    }
    latencies.sort()
    func milliseconds(_ share: Double) -> String {
      Figures.two(latencies[min(latencies.count - 1, Int(Double(latencies.count) * share))] * 1e3)
    }
    print(
      "GET /v1/dossiers/{code} among \(messages) dossiers while it delivers, \(latencies.count) times: p50 "
        + "\(milliseconds(0.5)) ms, p95 \(milliseconds(0.95)) ms (bar 50), p99 \(milliseconds(0.99)) ms")
  }

  private func time(_ name: String, _ port: Int, path: String, calls: Int) throws {
    let times = try (0..<calls).map { _ in try Self.get(path, port) }
    print("\(name): \(Figures.two(PairedTime.median(times) * 1e3)) ms")
  }

  private static func get(_ path: String, _ port: Int) throws -> Double {
    let start = Clock.seconds
    let request = HTTPClientRequest(
      method: .get, url: "http://127.0.0.1:\(port)\(path)", headers: ["X-Api-Key": BenchSite.senderKey])
    guard let answer = client.sendBlocking(request).response, answer.status == 200 else {
      throw BenchError("\(path) was not answered")
    }
    return Clock.seconds - start
  }

  private static let client: HTTPClient = {
    do { return try HTTPClient() } catch { fatalError("no client can be made: \(error)") }
  }()
}
