package import Delivery
package import Dictionaries
package import DocumentKit
import DossierFiles
package import DossierModel
package import DossierStore
import FileKit
import Glibc
import HTTPKit
import JSONKit
package import Orchestration
package import Reception
import Routing
package import ServiceKit
import Translation
import Validation
import XMLKit

/// A site that holds together: everything its files name exists, compiles and fits. What `lienthong check` makes and
/// `lienthong serve` runs.
package struct SitePlan: Sendable {
  package let site: Site
  let catalogue: Catalogue
  private let routes: RecipientList
  /// The types of message that each party receives.
  let received: [PartyID: [MessageType]]
  let procedures: ConductedProcedures
  /// What the site adds to dossiers whose senders do not tell it.
  private let enrichments: Enrichments
  /// In which the canonical schema wants what is put together.
  /// Of the canonical schema; unknown at a site that puts no documents together.
  let order: ElementOrder
  package let types: MessageTypeRegistry
  package let destinations: [Destination]
  let dictionaries: DVCQGDictionaries
  let agencies: VXPAgencies
  let vxpSystems: VXPSystems
  let vxpDirectory: VXPDirectory
  /// What the SOAP door promises; nil where the site has none.
  let soapContract: SOAPContract?
  let checksumSecrets: [PartyID: String]
  /// What partners are answered that fetch lists of us, by `<profile>/<list>`.
  let listAnswers: [String: [PartyID: [UInt8]]]
  /// The editions in use, of which the line and everything that goes down it again make use.
  package let shelf: DictionaryShelf
  /// What codes in messages are checked against, by the name of the message type.
  private let codeRules: [String: [CodeRule]]
  /// Named by rules and code tables, once for each.
  let namedDictionaries: [DictionaryName]
  /// The answers to lookups, by `<party>/<lookup>`.
  let lookups: [String: MessageType]

  package init(_ site: Site) throws(SiteErrors) {
    var problems: [SiteFinding] = []
    let places = site.profiles.flatMap { profile in
      profile.messages.map { (type: $0, place: profile.position) }
    }
    let answers = site.profiles.flatMap { profile in
      Self.answerTypes(of: profile).map { (type: $0, place: profile.position) }
    }
    let catalogue = Catalogue(root: site.catalogue, types: places + answers, problems: &problems)
    let received = Self.receivedTypes(of: site)
    problems += Self.misfits(of: site, receiving: received)
    problems += Self.lookupMisfits(of: site) + Self.questionMisfits(of: site)
    problems += Self.missingFiles(of: site.server)
    problems += Self.retentionMisfits(of: site)
    problems += Self.statisticsMisfits(of: site)
    problems += Self.dictionaryMisfits(of: site, catalogue)
    problems += Self.fileMisfits(of: site, receiving: received, catalogue)
    problems += Self.unservedCallers(of: site)
    problems += Self.unaskedCertificates(of: site).filter { $0.level == .error }
    let destinations = Self.destinations(of: site, problems: &problems)
    let dictionaries = Self.dictionaries(of: site, problems: &problems)
    let checksumSecrets = Self.checksumSecrets(of: site, problems: &problems)
    let listAnswers = Self.listAnswers(of: site, problems: &problems)
    let agencies = VXPAgencies(site.parties.map(\.party))
    let systems = Self.vxpSystems(of: site, problems: &problems)
    let directory = Self.vxpDirectory(of: site, problems: &problems)
    let procedures = Self.procedures(of: site, receiving: received, problems: &problems)
    let puttingTogether =
      !site.enrichments.isEmpty || !procedures.isEmpty || places.contains { $0.type.isPartial }
    let shape = puttingTogether ? Self.canonicalShape(of: site, problems: &problems) : nil
    let order = shape.map { ElementOrder($0) } ?? .unknown
    let enrichments = shape.map { Self.enrichments(of: site, in: $0, order, problems: &problems) } ?? .none
    let contract = site.soapDoor.flatMap { door in
      Self.compiling("frontDoors.soap", .schema, &problems) { () throws(XMLError) in
        try SOAPContract(schemas: site.catalogue + "/Schemas", address: door.address)
      }
    }
    let types = Self.compiling("message types", .expression, &problems) { () throws(XMLError) in
      try MessageTypeRegistry(places.map(\.type))
    }
    let routes = Self.compiling("routes", .expression, &problems) { () throws(XMLError) in
      try RecipientList(routes: site.routes.map(\.route), addressable: agencies.addressable, types: received)
    }
    guard problems.isEmpty, let types, let routes, let directory else { throw SiteErrors(problems) }
    self.site = site
    self.types = types
    self.destinations = destinations
    self.dictionaries = dictionaries
    self.agencies = agencies
    vxpSystems = systems
    vxpDirectory = directory
    soapContract = contract
    self.checksumSecrets = checksumSecrets
    self.listAnswers = listAnswers
    lookups = Self.lookups(of: site)
    let rules = Self.codeRules(of: site)
    codeRules = rules
    namedDictionaries = rules.values.joined().map(\.dictionary.name) + catalogue.tableDictionaries.map(\.name)
    shelf = DictionaryShelf(contentsOf: site.dictionaryFolder)
    self.catalogue = catalogue
    self.routes = routes
    self.received = received
    self.procedures = procedures
    self.enrichments = enrichments
    self.order = order
  }

  /// The files of this site.
  package func files(at time: any TimeSource = SystemTimeSource()) throws(SiteErrors) -> SiteFiles {
    SiteFiles(
      folder: FileFolder(site.dataFolder + "/" + Site.filesName), addressing: try site.files.addressing(), time: time)
  }

  /// The line of this site; `known` tells the canonical document of the latest complete message about a dossier.
  package func line(
    files: SiteFiles? = nil, procedures: ProcedureRecognition? = nil,
    known: @escaping @Sendable (DossierCode) -> DocumentTree?
  ) -> DossierLine {
    DossierLine(
      schemas: catalogue.schemas, toCanonical: catalogue.toCanonical, fromCanonical: catalogue.fromCanonical,
      routes: routes, rules: codeRules, dictionaries: shelf, procedures: procedures, files: files,
      order: order, enrichments: enrichments, known: known)
  }

  /// Reads what partners answer to lookups.
  var lookupReader: LookupReader {
    LookupReader(
      types: lookups, schemas: catalogue.schemas, mappings: catalogue.toCanonical, dictionaries: shelf)
  }

  /// Makes documents of this site's ledger anew.
  package func retranslation(over ledger: any DossierReader & ProcedureReader) throws(SiteErrors) -> Retranslation {
    Retranslation(types: types, line: line(over: ledger, files: try files()), ledger: ledger)
  }

  /// The line with the ledger to look into.
  func line(over ledger: any DossierReader & ProcedureReader, files: SiteFiles) -> DossierLine {
    let complete = types.types.filter { $0.kind == .dossier && !$0.isPartial && $0.toCanonical != nil }
    let names = Set(complete.map(\.name))
    let reader = canonicalReader(files: files)
    return line(files: files, procedures: recognition(over: ledger)) { dossier in
      // A ledger that cannot be read leaves the message as it is: what a recipient then misses, it says itself.
      guard let found = try? ledger.latestBody(of: dossier, types: names) else { return nil }
      return reader.document(found.body, of: found.type, from: found.sender)
    }
  }

  /// Reads messages of the ledger.
  func canonicalReader(files: SiteFiles) -> CanonicalReader {
    CanonicalReader(
      types: types.types, mappings: catalogue.toCanonical, enrichments: enrichments, files: files)
  }

  /// One paragraph for whoever checked the site.
  package var summary: Sentence {
    let pulling = site.parties.filter { $0.receiving != nil && $0.receiving?.address == nil }.count
    let (parties, pushed) = (site.parties.count, destinations.count)
    let (types, routes) = (types.types.count, site.routes.count)
    return Sentence(
      "site ‘\(site.name)’ holds together: \(parties) parties (\(pushed) pushed to, \(pulling) pulling), \(types) message "
        + "types, \(routes) routes; it listens on \(site.listen)",
      "trục ‘\(site.name)’ khớp với nhau: \(parties) bên (gửi tới \(pushed), tự lấy \(pulling)), \(types) loại bản tin, "
        + "\(routes) tuyến; trục nghe ở \(site.listen)")
  }

  private static func compiling<Value>(
    _ what: String, _ rule: SiteFinding.Rule, _ problems: inout [SiteFinding], _ body: () throws(XMLError) -> Value
  ) -> Value? {
    do throws(XMLError) {
      return try body()
    } catch {
      problems.append(
        SiteFinding(rule, at: nil, subject: what, Sentence(error.message, "không dùng được: \(error.message)")))
      return nil
    }
  }

  /// Which types of message each party receives, in the order of its profile.
  private static func receivedTypes(of site: Site) -> [PartyID: [MessageType]] {
    var received: [PartyID: [MessageType]] = [:]
    for party in site.parties {
      guard let receiving = party.receiving,
        let profile = site.profiles.first(where: { $0.name == receiving.profile })
      else { continue }
      received[party.party.id] = profile.messages.filter { $0.fromCanonical != nil }
    }
    return received
  }

  /// Files that a database connection needs: found missing now instead of at the first start.
  private static func missingFiles(of server: DatabaseServer?) -> [SiteFinding] {
    guard let server else { return [] }
    return server.files.filter { access($0.path, R_OK) != 0 }.map { file in
      SiteFinding(
        .file, at: server.position, subject: "store.\(file.key)",
        Sentence("the file \(file.path) cannot be read", "không đọc được tệp \(file.path)"),
        remedy: Sentence("make it, for the gateway's user alone", "hãy tạo tệp, chỉ cho người dùng chạy trục đọc"))
    }
  }

  /// Names that lead nowhere and rules that can never hold.
  private static func misfits(
    of site: Site, receiving received: [PartyID: [MessageType]]
  ) -> [SiteFinding] {
    var problems: [SiteFinding] = []
    let parties = Set(site.parties.map(\.party.id))
    let types = Set(site.profiles.flatMap { $0.messages.map(\.name) })
    var seen: Set<PartyID> = []
    for entry in site.parties {
      if !seen.insert(entry.party.id).inserted {
        problems.append(
          SiteFinding(
            .name, at: entry.position,
            Sentence("the party ‘\(entry.party.id)’ is there twice", "bên ‘\(entry.party.id)’ có hai lần"),
            remedy: Sentence("give one another name", "hãy đổi tên một bên")))
      }
      for type in entry.party.sends.sorted() where !types.contains(type) {
        problems.append(
          SiteFinding(
            .name, at: entry.position,
            Sentence("no profile has the message type ‘\(type)’", "không hồ sơ đối tác nào có loại bản tin ‘\(type)’"),
            remedy: Self.remedy(for: type, among: Array(types))))
      }
      if let receiving = entry.receiving, !site.profiles.contains(where: { $0.name == receiving.profile }) {
        problems.append(
          SiteFinding(
            .name, at: receiving.position,
            Sentence(
              "there is no profile ‘\(receiving.profile)’", "không có hồ sơ đối tác ‘\(receiving.profile)’"),
            remedy: Self.remedy(for: receiving.profile, among: site.profiles.map(\.name))))
      }
    }
    for entry in site.routes {
      for party in entry.route.to {
        if !parties.contains(party) {
          problems.append(
            SiteFinding(
              .name, at: entry.position,
              Sentence(
                "the route ‘\(entry.route.name)’ leads to ‘\(party)’, who is no party here",
                "tuyến ‘\(entry.route.name)’ dẫn tới ‘\(party)’, không phải là một bên ở đây")))
        } else if !(received[party] ?? []).contains(where: { $0.kind == entry.route.message }) {
          problems.append(
            SiteFinding(
              .misfit, at: entry.position,
              Sentence(
                "the party ‘\(party)’ receives no \(entry.route.message.rawValue)",
                "bên ‘\(party)’ không nhận \(entry.route.message.rawValue)"),
              remedy: Sentence("see its `receives`", "hãy xem `receives` của bên đó")))
        }
      }
      for party in (entry.route.from ?? []).sorted() where !parties.contains(party) {
        problems.append(
          SiteFinding(
            .name, at: entry.position,
            Sentence(
              "the route ‘\(entry.route.name)’ is for ‘\(party)’, who is no party here",
              "tuyến ‘\(entry.route.name)’ dành cho ‘\(party)’, không phải là một bên ở đây")))
      }
    }
    return problems
  }

  private static func remedy(for name: String, among known: [String]) -> Sentence {
    NearestName.of(name, among: known).map(Sentence.didYouMean)
      ?? Sentence("see Deploy/partners", "hãy xem Deploy/partners")
  }

  private static func destinations(of site: Site, problems: inout [SiteFinding]) -> [Destination] {
    var destinations: [Destination] = []
    for entry in site.parties {
      guard let receiving = entry.receiving, let address = receiving.address,
        let profile = site.profiles.first(where: { $0.name == receiving.profile })
      else { continue }
      guard let delivery = profile.delivery else {
        problems.append(
          SiteFinding(
            .destination, at: receiving.position,
            Sentence(
              "the profile ‘\(profile.name)’ cannot be pushed to", "không gửi tới được hồ sơ đối tác ‘\(profile.name)’"),
            remedy: Sentence("use `pull: true`", "hãy dùng `pull: true`")))
        continue
      }
      do {
        destinations.append(
          try Destination(
            party: entry.party.id, profile: delivery, address: address,
            secrets: try receiving.secrets.mapValues { try $0.load() },
            values: receiving.values, window: receiving.window, hours: receiving.hours, rate: receiving.rate,
            timeouts: HTTPClientTimeouts(
              connect: receiving.connectTimeout, firstByte: receiving.firstByteTimeout, whole: receiving.answerTimeout),
            retry: receiving.retry, tls: try tls(of: receiving), polls: receiving.polls,
            dictionaries: receiving.dictionaries))
        problems += Self.pollMisfits(of: entry, receiving, delivery)
      } catch let error as DestinationError {
        problems += error.problems.map {
          SiteFinding(.destination, at: receiving.position, $0.message, remedy: $0.remedy)
        }
      } catch let error as SecretError {
        problems.append(SiteFinding(error, at: receiving.position))
      } catch let error as SiteErrors {
        problems += error.findings
      } catch {
        problems.append(
          SiteFinding(
            .destination, at: receiving.position, Sentence("\(error)", "không dùng được: \(error)")))
      }
    }
    return destinations
  }

  /// What comes of a poll goes down the line as the party's own, so the party has to be allowed to send it.
  private static func pollMisfits(
    of entry: SiteParty, _ receiving: SiteParty.Receiving, _ profile: PartnerProfile
  ) -> [SiteFinding] {
    profile.polls.compactMap { poll in
      guard receiving.polls[poll.name] != nil, let message = poll.message, !entry.party.sends.contains(message) else {
        return nil
      }
      return SiteFinding(
        .misfit, at: receiving.position,
        Sentence(
          "the poll ‘\(poll.name)’ brings ‘\(message)’, which ‘\(entry.party.id)’ may not send",
          "lượt hỏi ‘\(poll.name)’ mang về ‘\(message)’, mà ‘\(entry.party.id)’ không được gửi"),
        remedy: Sentence("add it to its sends", "hãy thêm vào sends của bên đó"))
    }
  }

  private static func tls(of receiving: SiteParty.Receiving) throws -> ClientTLS? {
    guard let files = receiving.tls else { return nil }
    return ClientTLS(
      authoritiesPEM: try files.authorities.map(SiteBytes.read),
      certificatePEM: try files.certificate.map(SiteBytes.read),
      keyPEM: try files.key.map { key in try key.load().withBytes { Array($0) } })
  }

  private static func dictionaries(of site: Site, problems: inout [SiteFinding]) -> DVCQGDictionaries {
    guard let folder = site.door?.dictionaries else { return DVCQGDictionaries() }
    var procedures: [String: [UInt8]] = [:]
    for path in FolderListing.files(in: folder + "/LayThuTuc", ending: ".json") {
      guard let document = Self.json(path, problems: &problems) else { continue }
      guard let code = document.root["MATTHC"]?.string else {
        problems.append(
          SiteFinding(
            .file, at: .start(of: path), Sentence("a procedure needs its MATTHC", "thủ tục phải có MATTHC")))
        continue
      }
      procedures[code] = document.bytes
    }
    var lists: [String: [UInt8]] = [:]
    let present = FolderListing.files(in: folder, ending: ".json")
    for service in DVCQGDictionaries.listServices {
      let path = "\(folder)/\(service).json"
      guard present.contains(path), let document = Self.json(path, problems: &problems) else { continue }
      if document.root.kind == .array {
        lists[service] = document.bytes
      } else {
        problems.append(
          SiteFinding(
            .file, at: .start(of: path),
            Sentence("the answer to \(service) is a list", "câu trả lời cho \(service) là một danh sách")))
      }
    }
    return DVCQGDictionaries(procedures: procedures, lists: lists)
  }

  static func json(
    _ path: String, limits: JSONLimits = .standard, problems: inout [SiteFinding]
  ) -> JSONDocument? {
    do {
      return try JSONDocument(parsing: try SiteBytes.read(path), limits: limits)
    } catch let error as JSONError {
      problems.append(
        SiteFinding(
          .file, at: YAMLPosition(file: path, line: error.line, column: error.column),
          Sentence(error.message, "không đọc được JSON: \(error.message)")))
    } catch let error as SiteErrors {
      problems += error.findings
    } catch {
      problems.append(SiteFinding(.file, at: .start(of: path), Sentence("\(error)", "không đọc được: \(error)")))
    }
    return nil
  }
}
