import DocumentKit
import Glibc
import ServiceKit
import Simulation

/// Runs a simulator from the command line until a signal ends it.
enum SimulatorRun {
  static func portal(
    _ server: SimulatorCommand.ServerOptions, _ options: SimulatorCommand.PortalOptions, _ signals: ProcessSignals
  ) -> Int32 {
    serve("portal", server, signals) { journal in
      var configuration = PortalConfiguration()
      if let name = options.username { configuration.username = name }
      if let file = options.usernameFile { configuration.username = try StorySite.secret(in: file) }
      if let file = options.passwordFile { configuration.password = try StorySite.secret(in: file) }
      configuration.destinationCode = options.destinationCode
      configuration.agencies = Set(options.agencies)
      if let life = options.sessionLife { configuration.sessionLife = life }
      if let sessions = options.sessions { configuration.limits.sessions = sessions }
      configuration.codeStyle = options.codeStyle
      configuration.asksForNewerFields = options.asksForNewerFields
      let catalogue = try options.catalogueFile.map { try PortalCatalogue(contentsOf: $0) } ?? .builtIn
      return (PortalSimulator(configuration: configuration, catalogue: catalogue, journal: journal), {})
    }
  }

  static func agency(
    _ server: SimulatorCommand.ServerOptions, _ options: SimulatorCommand.AgencyOptions, _ signals: ProcessSignals
  ) -> Int32 {
    serve(options.code ?? "agency", server, signals) { journal in
      var configuration = AgencyConfiguration()
      if let code = options.code { configuration.code = code }
      if let name = options.name { configuration.name = name }
      if let header = options.keyHeader { configuration.keyHeader = header }
      let key = try options.keyFile.map { try StorySite.secret(in: $0) }
      if let key { configuration.keys = [key] }
      if let id = options.clientID, let file = options.clientSecretFile {
        configuration.client = (id, try StorySite.secret(in: file))
      }
      if let gateway = options.gateway {
        let gatewayKey = try options.gatewayKeyFile.map { try StorySite.secret(in: $0) } ?? key ?? ""
        configuration.gateway = OutboxGateway(url: gateway, key: gatewayKey)
      }
      if let file = options.planFile {
        configuration.plan = try AgencyPlan(reading: YAMLDocument(contentsOf: file).root)
      }
      let agency = try AgencySimulator(configuration: configuration, journal: journal)
      return (agency, { agency.stop() })
    }
  }

  static func exchange(
    _ server: SimulatorCommand.ServerOptions, _ options: SimulatorCommand.ExchangeOptions, _ signals: ProcessSignals
  ) -> Int32 {
    serve("exchange", server, signals) { journal in
      let secret = try options.secretFile.map { try StorySite.secret(in: $0) } ?? "bi-mat-mo-phong"
      return (VXPExchange(system: options.system, secret: secret, journal: journal), {})
    }
  }

  static func service(
    _ server: SimulatorCommand.ServerOptions, _ options: SimulatorCommand.ServiceOptions, _ signals: ProcessSignals
  ) -> Int32 {
    serve(options.file, server, signals) { journal in
      let description = try ServiceDescription(YAMLDocument(contentsOf: options.file))
      let secrets = try options.secretFiles.mapValues { try StorySite.secret(in: $0) }
      let gateway = try options.gateway.map { url in
        OutboxGateway(url: url, key: try options.gatewayKeyFile.map { try StorySite.secret(in: $0) } ?? "")
      }
      let plan = try options.planFile.map { try ServicePlan(YAMLDocument(contentsOf: $0), of: description) } ?? .quiet
      let service = try ServiceSimulator(
        description, schemas: options.schemas, secrets: secrets, plan: plan, gateway: gateway, journal: journal)
      return (service, { service.stop() })
    }
  }

  /// Makes a partner and serves it; what `make` throws is told and ends the program with 3.
  private static func serve(
    _ name: String, _ options: SimulatorCommand.ServerOptions, _ signals: ProcessSignals,
    make: (SimulatorJournal) throws -> (partner: any SimulatedPartner, stop: () -> Void)
  ) -> Int32 {
    let line = EventLine(speaker: name, style: TerminalStyle(descriptor: STDERR_FILENO))
    let journal = SimulatorJournal(time: SystemTimeSource()) { Main.complain(line.text(of: $0)) }
    do {
      let (partner, stop) = try make(journal)
      defer { stop() }
      let seed = options.seed ?? SystemRandomNumberGenerator().seed()
      let server = try SimulatorServer(
        partner: partner, port: options.port,
        faults: FaultPlan(rate: options.faultRate, modes: options.faults, seed: seed))
      if options.faultRate > 0 { journal.note(.faultsDrawn, .seed(seed)) }
      if let mode = options.mode { server.set(mode) }
      Main.say(server.url)
      _ = signals.next()
      server.stop()
      return 0
    } catch {
      Main.complain("lienthong-simulator: \(error)")
      return 3
    }
  }
}

extension SystemRandomNumberGenerator {
  fileprivate func seed() -> UInt64 {
    var generator = self
    return generator.next()
  }
}
