import CryptographyKit
import Delivery
import Dictionaries
import DocumentKit
import DossierModel
import DossierStore
import Glibc
import HTTPKit
import Management
import Reception
package import ServiceKit

/// The running gateway of one site: the line, the store, the front doors, the deliverer and the operators' endpoints.
///
/// It starts store, deliverer, the walk through what is held, the timers of procedures, the poller, and server in this order and stops them in the reverse: first no new work, then what is
/// under way, then the disk.
package final class Gateway: Sendable {
  package static let version = "0.1.0"

  private let services: [any Service]
  private let server: ServerService
  private let log: Log
  /// Of the data folder, where the store is shared.
  private let hold: DataFolderHold?

  package init(
    _ plan: SitePlan, log: Log, time: any TimeSource = SystemTimeSource(), retention: RetentionLimits = .standard
  ) throws {
    let site = plan.site
    try Self.makeFolder(site.dataFolder)
    let metrics = Metrics()
    metrics.registerProcess()
    hold = site.server == nil ? nil : try DataFolderHold(site.dataFolder)
    let store = try SQLDossierStore(
      site.storeLocation, place: hold?.identifier, at: time.now(), time: time, limits: site.intake.waiting,
      conductor: plan.conductor)
    let missing = try plan.missingEditions(in: store)
    guard missing.isEmpty else { throw SiteErrors(missing) }
    let gate = IntakeGate()
    let tokens = SessionRegistry(time: time, lifetime: site.tokenLifetime)
    let authenticator = Authenticator(parties: site.parties.map(\.party), tokens: tokens)
    let verifier = SecretVerifier()
    let files = try plan.files(at: time)
    let line = plan.line(over: store, files: files)
    let partners = try PartnerAccess(to: plan.destinations, time: time)
    let held = Self.heldOutputs(of: plan, store: store, files: files, partners: partners, log: log, time: time)
    let anomalies = AnomalyWatch(store: store, metrics: metrics, log: log)
    let intake = MessageIntake(
      types: plan.types, line: line, store: store, identifiers: UUIDv7Generator(), time: time,
      metrics: metrics, gate: gate, onHeld: { held.outputs.wake() },
      onRecorded: { anomalies.note($0) })
    var routes = OperationalEndpoints(store: store, gate: gate, metrics: metrics).routes
    routes += LookupEndpoints(store: store, authenticator: authenticator).routes
    routes += InboxEndpoints(store: store, authenticator: authenticator, types: plan.types, time: time).routes
    let keeper = FileKeeper()
    let upload = FileEndpoint(
      folder: files.folder, authenticator: authenticator, keeper: keeper, gate: gate, limits: site.files.limits)
    let download = FileDownload(
      folder: files.folder, store: store, authenticator: authenticator, addressing: files.addressing,
      callers: Dictionary(
        uniqueKeysWithValues: site.parties.compactMap { party in party.filesTo.map { (party.party.id, $0) } }),
      time: time)
    routes += [(.post, "/v1/files", upload), (.put, "/v1/files", upload), (.get, "/v1/files/{sha256}", download)]
    routes.append((.post, "/v1/messages", MessageEndpoint(intake: intake, authenticator: authenticator)))
    routes.append(
      (.post, "/token", TokenEndpoint(authenticator: authenticator, tokens: tokens, verifier: verifier, intake: intake))
    )
    routes += Self.callbacks(of: plan, intake: intake, authenticator: authenticator)
    routes += Self.questions(of: plan, store: store, intake: intake, authenticator: authenticator, log: log)
    routes += Self.lists(of: plan, intake: intake, authenticator: authenticator, log: log)
    let desk = LookupDesk(
      destinations: plan.destinations, rates: partners.rates, sessions: partners.sessions,
      transport: partners.questions(), time: time, version: Self.version)
    routes.append(
      (
        .post, "/v1/lookups/{party}/{lookup}",
        PartnerLookupEndpoint(
          desk: desk, authenticator: authenticator, permissions: Self.lookupPermissions(of: plan),
          read: { [reader = plan.lookupReader] in reader.read($0, $1, at: time.now()) }, metrics: metrics, log: log,
          time: time)
      ))
    if let door = site.door {
      let front = DVCQGFrontDoor(
        intake: intake, authenticator: authenticator,
        sessions: SessionRegistry(time: time, lifetime: door.sessionLifetime), verifier: verifier,
        dictionaries: plan.dictionaries)
      routes.append((.post, door.loginPath, front.login))
      routes.append((.post, door.servicePath, front.service))
    }
    var subtrees: [(path: String, handler: any HTTPHandler)] = []
    if let door = site.vxpDoor {
      let front = VXPFrontDoor(
        path: door.path, intake: intake, authenticator: authenticator, systems: plan.vxpSystems,
        agencies: plan.agencies, directory: plan.vxpDirectory,
        documentLimit: door.documentLimit, time: time, log: log)
      subtrees.append((door.path, front))
    }
    if let door = site.soapDoor, let contract = plan.soapContract {
      let front = SOAPFrontDoor(
        path: door.path, contract: contract, intake: intake, authenticator: authenticator, verifier: verifier,
        time: time)
      subtrees.append((door.path, front))
    }
    server = try ServerService(site: site, routes: routes, subtrees: subtrees, log: log)
    let items = ItemIntake(intake: intake, parties: site.parties.map(\.party))
    let polled: Poller.Intake = { items.take($0, scope: $1, then: $2) }
    services = [
      StoreService(store: store, verifier: verifier),
      Deliverer(
        store: store, destinations: plan.destinations, rates: partners.rates, sessions: partners.sessions,
        transport: partners.deliveries, metrics: DeliveryMetrics(metrics), log: log, time: time, version: Self.version),
      held.outputs,
      held.errands,
      ProcedureTimers(
        plan.procedures, ledger: store, metrics: metrics, log: log, time: time
      ) { held.outputs.wake() },
      Poller(
        ledger: store, destinations: plan.destinations, rates: partners.rates, sessions: partners.sessions,
        transport: PartnerRoads(http: partners.questions(), destinations: plan.destinations), intake: polled,
        metrics: PollMetrics(metrics), log: log, time: time, version: Self.version),
      DictionaryKeeper(
        site.dictionaryFolder, shelf: plan.shelf, used: Set(plan.namedDictionaries), destinations: plan.destinations,
        fetcher: DictionaryFetcher(
          transport: partners.questions(), rates: partners.rates, sessions: partners.sessions, time: time,
          version: Self.version),
        metrics: DictionaryMetrics(metrics), log: log, time: time, onEdition: { held.outputs.walkAgain() }),
      StatisticsKeeper(
        site.statistics, of: site.parties.map(\.party), store: store, intake: OwnIntake(intake: intake),
        metrics: metrics, log: log, time: time),
      FileSweep(files: files.folder, store: store, grace: site.files.grace, log: log, time: time),
      RetentionKeeper(
        site.retention, limits: retention, store: store, metrics: metrics, log: log, time: time),
      Self.intakeGuard(of: site, store: store, gate: gate, metrics: metrics, log: log),
      keeper,
      LookupService(desk),
      anomalies,
      server,
    ]
    self.log = log
  }

  /// Where partners call us by their own rules.
  private static func callbacks(
    of plan: SitePlan, intake: MessageIntake, authenticator: Authenticator
  ) -> [(HTTPMethod, String, any HTTPHandler)] {
    plan.site.profiles.flatMap { profile in
      (profile.callbacks?.messages ?? []).compactMap { path, name in
        guard let callbacks = profile.callbacks, let type = plan.types[name] else { return nil }
        let signers = plan.site.parties.compactMap { entry in
          entry.party.sends.contains(name) ? plan.checksumSecrets[entry.party.id].map { (entry.party.id, $0) } : nil
        }
        let endpoint = CallbackEndpoint(
          callbacks, type: type, intake: intake, authenticator: authenticator, signers: signers)
        return (.post, "/callbacks/\(profile.name)/\(path)", endpoint)
      }
    }
  }

  /// Where partners ask us.
  private static func questions(
    of plan: SitePlan, store: any DossierReader, intake: MessageIntake, authenticator: Authenticator, log: Log
  ) -> [(HTTPMethod, String, any HTTPHandler)] {
    plan.site.profiles.flatMap { profile in
      (profile.callbacks?.questions ?? []).compactMap { question in
        guard let type = plan.types[question.message] else { return nil }
        let name = "\(profile.name)/\(question.path)"
        let askers = Set(plan.site.parties.filter { $0.questions.contains(name) }.map(\.party.id))
        let endpoint = QuestionEndpoint(
          question, type: type, store: store, intake: intake, authenticator: authenticator, askers: askers, log: log)
        return (.post, "/callbacks/\(name)", endpoint)
      }
    }
  }

  /// Where partners fetch lists of us.
  private static func lists(
    of plan: SitePlan, intake: MessageIntake, authenticator: Authenticator, log: Log
  ) -> [(HTTPMethod, String, any HTTPHandler)] {
    plan.site.profiles.flatMap { profile in
      (profile.callbacks?.lists ?? []).compactMap { list in
        guard let callbacks = profile.callbacks else { return nil }
        let name = "\(profile.name)/\(list.path)"
        let endpoint = ListEndpoint(
          list, of: callbacks, answers: plan.listAnswers[name] ?? [:], intake: intake, authenticator: authenticator,
          log: log)
        return (.post, "/callbacks/\(name)", endpoint)
      }
    }
  }

  /// What each party may look up, of those lookups that there are.
  private static func lookupPermissions(of plan: SitePlan) -> [PartyID: Set<String>] {
    Dictionary(uniqueKeysWithValues: plan.site.parties.map { ($0.party.id, $0.lookups) })
  }

  /// What looks after outputs that are held, and what does their errands.
  private static func heldOutputs(
    of plan: SitePlan, store: any DossierStore & ProcedureReader, files: SiteFiles, partners: PartnerAccess, log: Log,
    time: any TimeSource
  ) -> (outputs: HeldOutputs, errands: FileErrands) {
    let client = partners.questions()
    let parties = plan.site.parties
    let uploader = FileUploader(client: client, sessions: partners.sessions, time: time, version: version)
    let runner = FileErrandRunner(
      folder: files.folder,
      fetcher: FileFetcher(
        client: client, folder: files.folder,
        permissions: Dictionary(uniqueKeysWithValues: parties.map { ($0.party.id, $0.filesFrom) }),
        bytesLimit: plan.site.files.fetchBytes),
      uploader: uploader,
      destinations: Dictionary(uniqueKeysWithValues: plan.destinations.map { ($0.party, $0) }))
    let errands = FileErrands(
      log: log, time: time, perform: { runner.perform($0) }, onStop: { uploader.stop() })
    let outputs = HeldOutputs(
      store: store, translation: HeldTranslation(plan, store: store, files: files, log: log),
      isConducting: plan.isConducting, errands: errands, log: log, time: time)
    return (outputs, errands)
  }

  /// What closes the intake in time.
  private static func intakeGuard(
    of site: Site, store: SQLDossierStore, gate: IntakeGate, metrics: Metrics, log: Log
  ) -> IntakeGuard {
    metrics.gauge("lienthong_intake_open", "1 while new messages are taken.") { gate.isOpen ? 1 : 0 }
    metrics.gauge("lienthong_store_writable", "1 while the store takes changes.") { store.isWritable ? 1 : 0 }
    metrics.gauge("lienthong_store_waiting_changes", "Senders' changes that wait for their commit.") {
      Double(store.waitingChanges)
    }
    metrics.gauge("lienthong_store_waiting_bytes", "Bytes of the changes that wait for their commit.") {
      Double(store.waitingBytes)
    }
    let limits = site.intake.space
    return IntakeGuard(
      limits, gate: gate, log: log,
      look: {
        SpaceRule.Room(
          of: site,
          // The disk of a file can be seen; a server's word is all there is of its own.
          isDatabaseFull: site.server != nil && store.wasFull(within: limits.fullPause),
          reusable: { (try? store.reusableBytes()) ?? 0 })
      },
      isWritable: { store.isWritable })
  }

  /// Starts everything, waits for SIGTERM or SIGINT, stops everything; the program's exit code.
  package func run() -> Int32 { ServiceGroup(services, log: log).run().code }

  /// Starts without waiting for a signal: for programs that hold the gateway themselves.
  package func start() throws {
    for service in services { try service.start() }
  }

  package func stop() {
    for service in services.reversed() { service.stop() }
  }

  /// The port it listens on, once started.
  package var port: Int { server.port }

  private static func makeFolder(_ path: String) throws(SiteErrors) {
    // What is in it is citizens' data: for the gateway's own user and nobody else.
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {

      let reason = String(cString: strerror(errno))
      throw SiteErrors([
        SiteFinding(
          .file, at: nil, subject: path,
          Sentence("the data folder cannot be made: \(reason)", "không tạo được thư mục dữ liệu: \(reason)"))
      ])
    }
  }
}
