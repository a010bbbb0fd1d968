import GatewayTesting
import Glibc
import XMLKit

/// XML in, XSD, translation, XSD, XML out: the gateway on both stores and the script that an engineer would write
/// instead, in turns, with the same messages, generator and sink.
///
/// The gateway translates by its mappings, through the canonical dossier; the script by one stylesheet that writes the
/// same document, which is compared.
final class BesideBenchmark {
  private let options: LineOptions
  private let template: MessageTemplate
  private let catalogue: XMLCatalogue

  private enum Side: String, CaseIterable {
    case sqlite = "gateway on SQLite"
    case postgresql = "gateway on PostgreSQL"
    case script = "the script"
  }

  init(_ options: LineOptions) throws {
    self.options = options
    catalogue = try XMLCatalogue(project: BenchFile.currentFolder())
    let document = XMLCatalogue.fixtures + "/ho-so-8k.xml"
    guard let template = MessageTemplate(xml: try BenchFile.read(document)) else {
      throw BenchError("\(document) is no dossier with a MaHoSo that ends in a number")
    }
    self.template = template
  }

  func run() throws {
    var sides = [Side.sqlite]
    if DebianPackage.areInstalled(["postgresql-15"], for: Side.postgresql.rawValue) { sides.append(.postgresql) }
    if DebianPackage.areInstalled(ScriptContender.packages, for: Side.script.rawValue) { sides.append(.script) }
    print(
      "\(template.byteCount) bytes of XML in, XSD, translation, XSD, XML out; \(options.messages) messages a round, "
        + "\(options.connections) connections; everything on \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores; "
        + "load before: \(MachineLoad.text)")
    let server = sides.contains(.postgresql) ? BenchPostgreSQL.start() : nil
    defer { server?.stop() }
    var rounds: [Side: [LineRound]] = [:]
    for number in 1...options.rounds {
      var samples: [[UInt8]] = []
      for side in sides {
        let (round, sample) = try measure(side, server)
        print("round \(number), \(side.rawValue): \(round.text)")
        fflush(nil)
        rounds[side, default: []].append(round)
        if let sample { samples.append(try XMLDocument(parsing: sample).canonicalised(.inclusive)) }
      }
      guard samples.count == sides.count, samples.allSatisfy({ $0 == samples[0] }) else {
        throw BenchError("the sides did not deliver the same document")
      }
    }
    print("\nmedians; every side delivered the same document:")
    for side in sides {
      print("  \(side.rawValue): " + Self.median(rounds[side] ?? []).text)
    }
    let cpu = Self.median(rounds[.sqlite] ?? []).cpuMicroseconds
    print("processor a message, gateway on SQLite: \(Figures.whole(cpu)) µs (bar 350)")
    compare(.sqlite, with: .script, rounds, bar: "at least 3")
    compare(.postgresql, with: .sqlite, rounds, bar: "at least 0.5")
    print("load after: \(MachineLoad.text)")
  }

  private static func median(_ rounds: [LineRound]) -> LineRound {
    rounds.sorted { $0.messagesPerSecond < $1.messagesPerSecond }[rounds.count / 2]
  }

  private func compare(_ side: Side, with other: Side, _ rounds: [Side: [LineRound]], bar: String) {
    guard let ours = rounds[side], let theirs = rounds[other] else { return }
    let rates = zip(ours, theirs).map { $0.messagesPerSecond / $1.messagesPerSecond }
    let costs = zip(ours, theirs).map { $0.cpuMicroseconds / $1.cpuMicroseconds }
    print(
      "\(side.rawValue) beside \(other.rawValue), median of the rounds: \(Figures.two(PairedTime.median(rates))) × the "
        + "messages/s (bar: \(bar)), \(Figures.two(PairedTime.median(costs))) × the processor a message")
  }

  private func measure(_ side: Side, _ server: TemporaryPostgreSQL?) throws -> (round: LineRound, sample: [UInt8]?) {
    let database = side == .postgresql ? server?.makeDatabase() : nil
    return try LineLoad(options, template: template, contentType: "application/xml").measure { sinkPort in
      if side == .script { return try ScriptContender(sinkPort: sinkPort) }
      return try GatewayContender(
        BenchSite(
          catalogue: catalogue.path, agencies: [BenchSite.Agency(sinkPort: sinkPort)], sends: XMLCatalogue.messageType,
          threads: options.threads, store: database.map(BenchPostgreSQL.site)))
    }
  }
}
