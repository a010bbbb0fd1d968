import Glibc
import HTTPKit

/// A gateway with a hundred agencies, one of which is well, dead or slow, and the sinks that stand for them.
final class IsolationSite {
  enum Patient: String, CaseIterable {
    case well
    /// The same once more: what is not another agency's doing but the machine's.
    case wellAgain = "well again"
    /// Takes connections and never answers.
    case dead
    /// Answers after two seconds.
    case slow
  }

  static let agencies = 100
  /// Every so many messages go to the patient, whose share would be a hundredth else: it has to hurt.
  static let patientPeriod = 4
  private static let slowness = 2.0

  private let patient: Patient
  private let sink: NumberedSink
  private let sinkServer: HTTPServer
  private let slow: NumberedSink
  private let slowServer: HTTPServer
  private let silent: SilentPort
  private let site: BenchSite
  private let gateway: GatewayProcess

  /// - Parameter count: messages there will be.
  init(_ patient: Patient, count: Int) throws {
    self.patient = patient
    sink = NumberedSink(count: count)
    sinkServer = try HTTPServer(configuration: HTTPServerConfiguration(threads: 1), handler: sink)
    try sinkServer.start()
    slow = NumberedSink(count: count, delay: Self.slowness)
    slowServer = try HTTPServer(configuration: HTTPServerConfiguration(threads: 1), handler: slow)
    try slowServer.start()
    silent = try SilentPort()
    let patientPort =
      switch patient {
      case .well, .wellAgain: Int(sinkServer.port)
      case .dead: silent.port
      case .slow: Int(slowServer.port)
      }
    let ports = [patientPort] + [Int](repeating: Int(sinkServer.port), count: Self.agencies - 1)
    let agencies = ports.enumerated().map { Self.agency($0, port: $1) }
    site = try BenchSite(catalogue: try BenchFile.currentFolder(), agencies: agencies)
    gateway = try GatewayProcess(program: BenchFile.programBeside("lienthong"), site: site)
  }

  private static func agency(_ index: Int, port: Int) -> BenchSite.Agency {
    let number = "number(substring(code, string-length(code) - 3))"
    var agency = BenchSite.Agency(sinkPort: port)
    agency.party = "agency-\(index)"
    agency.settings = "  window: 8\n  timeouts: { connect: 1s, answer: 5s }\n"
    agency.condition =
      index == 0
      ? "\(number) mod \(patientPeriod) = 0"
      : "\(number) mod \(patientPeriod) > 0 and \(number) mod \(agencies - 1) = \(index - 1)"
    return agency
  }

  var name: String { patient.rawValue }
  var cpuSeconds: Double { gateway.cpuSeconds }

  /// Sends these messages at this rate; for each that is not the patient's, the seconds from its moment until its agency
  /// has it.
  func measure(_ numbers: Range<Int>, rate: Double, with load: (_ port: Int) -> LoadGenerator) throws -> [Double] {
    let result = try load(gateway.port).run(numbers: numbers, connections: 32, rate: rate)
    guard result.refused == 0 else { throw BenchError("refused: \(result.firstRefusal ?? "")") }
    let others = numbers.filter { $0 % Self.patientPeriod > 0 }
    let deadline = Clock.seconds + 30
    while case let times = sink.times, others.contains(where: { times[$0] == 0 }) {
      guard Clock.seconds < deadline else { throw BenchError("not everything arrived at the others within 30 s") }
      usleep(5_000)
    }
    let times = sink.times
    return others.map { times[$0] - result.startedAt - Double($0 - numbers.lowerBound) / rate }
  }

  func stop() {
    gateway.stop()
    slow.stop()
    slowServer.stop()
    sinkServer.stop()
  }
}
