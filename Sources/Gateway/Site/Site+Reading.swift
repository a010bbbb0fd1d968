import Delivery
import Dictionaries
import DocumentKit
import DossierModel
import FileKit
import Reception
package import ServiceKit

extension Site {
  /// Reads a site's folder: `gateway.yaml`, `routes.yaml`, `parties/*.yaml`, and the profiles of its catalogue.
  ///
  /// All files are read before anything is said, so that one call names everything that has to be mended.
  package init(folder: String) throws(SiteErrors) {
    var files = SiteFileReader()
    let top = files.read(folder + "/gateway.yaml") { Site(reading: $0, folder: folder) }
    let routes = files.read(folder + "/routes.yaml") { $0.sections("routes").map(SiteRoute.init(reading:)) }
    let parties = FolderListing.files(in: folder + "/parties", ending: ".yaml").map { path in
      files.read(path) { SiteParty(reading: $0) }
    }
    if parties.isEmpty {
      files.note(
        SiteFinding(
          .file, at: nil, subject: "\(folder)/parties", Sentence("there is no party", "không có bên nào"),
          remedy: Sentence(
            "add a file for each system that takes part", "hãy thêm một tệp cho mỗi hệ thống tham gia")))
    }
    var profiles: [SiteProfile] = []
    if let top {
      let schemas = SiteSchemas(folder: top.catalogue + "/Schemas")
      for path in FolderListing.files(in: top.catalogue + "/Deploy/partners", ending: ".yaml") {
        if let profile = files.read(path, { SiteProfile(reading: $0, schemas: schemas) }) { profiles.append(profile) }
      }
    }
    guard files.findings.isEmpty, var site = top else { throw SiteErrors(files.findings) }
    site.routes = routes ?? []
    site.parties = parties.compactMap { $0 }
    site.knownDictionaries = Set(profiles.flatMap { $0.delivery?.dictionaries.map(\.name) ?? [] })
    site.profiles = Self.used(profiles, by: site.parties)
    self = site
  }

  /// The profiles in which somebody sends or receives: schemas and mappings of others would be compiled for nobody.
  private static func used(_ profiles: [SiteProfile], by parties: [SiteParty]) -> [SiteProfile] {
    let received = Set(parties.compactMap(\.receiving?.profile))
    let sent = Set(parties.flatMap(\.party.sends))
    return profiles.filter { profile in
      received.contains(profile.name) || profile.messages.contains { sent.contains($0.name) }
    }
  }

  /// What `gateway.yaml` says by itself; parties, routes and profiles are read from their own files.
  package init(reading section: ConfigurationSection, folder: String) {
    let tls = section.section("tls")
    let doors = section.section("frontDoors")
    let door = doors.section("dvcqg-a")
    let vxp = doors.section("edxml-vxp")
    let soap = doors.section("soap")
    let fileSettings = SiteFileSettings(reading: section)
    let listen = section.string("listen")
    let address = ListenAddress(listen)
    if address == nil, !listen.isEmpty {
      section.note(
        Sentence("this is no address with a port", "đây không phải là địa chỉ kèm cổng"), key: "listen",
        remedy: Sentence("write ADDR:PORT, such as 127.0.0.1:8440", "hãy viết ĐỊA_CHỈ:CỔNG, ví dụ 127.0.0.1:8440"))
    }
    self.init(
      folder: folder, name: section.string("gateway"), listen: address ?? ListenAddress(host: "127.0.0.1", port: 0),
      dataFolder: section.path("data", default: "var"), server: DatabaseServer.reading(section.section("store")),
      catalogue: section.path("catalogue"),
      threads: section.node("threads") == nil ? nil : section.integer("threads", in: 1...256),
      tls: tls.isPresent
        ? TLSFiles(
          certificate: tls.path("certificate"), key: tls.secret("key"),
          clientAuthorities: tls.optionalPath("clientAuthorities")) : nil,
      door: door.isPresent
        ? DVCQGDoor(
          loginPath: door.string("login"), servicePath: door.string("service"),
          sessionLifetime: door.duration(
            "sessionLifetime", in: .seconds(1)...(.seconds(86_400)), default: .seconds(1_800)),
          dictionaries: door.optionalPath("dictionaries")) : nil,
      vxpDoor: vxp.isPresent ? VXPDoor(reading: vxp) : nil,
      soapDoor: soap.isPresent ? SOAPDoor(reading: soap, publicAddress: fileSettings.publicAddress) : nil,
      tokenLifetime: section.duration("tokenLifetime", in: .seconds(1)...(.seconds(86_400)), default: .seconds(3_600)),
      files: fileSettings, intake: SiteIntakeSettings(reading: section),
      retention: RetentionPolicy(reading: section.section("retention")),
      procedures: section.namedSections("procedures").map(SiteProcedure.init(reading:)),
      statistics: section.sections("statistics").compactMap(StatisticsSchedule.init(reading:)),
      enrichments: section.sections("enrichments").map(SiteEnrichment.init(reading:)), parties: [], routes: [],
      profiles: [], codeRules: section.sections("codes").compactMap { SiteCodeRule(reading: $0) }, knownDictionaries: []
    )
  }
}

extension Site.VXPDoor {
  fileprivate init(reading section: ConfigurationSection) {
    path = Site.doorPath(reading: section, example: "/vxp")
    dictionaries = section.optionalPath("dictionaries")
    documentLimit = section.byteCount(
      "largest", in: (1 << 20)...(128 << 20), default: VXPFrontDoor.standardDocumentLimit)
  }
}

extension Site.SOAPDoor {
  fileprivate init(reading section: ConfigurationSection, publicAddress: String?) {
    path = Site.doorPath(reading: section, example: "/soap")
    address = (publicAddress ?? "") + path
    if publicAddress == nil {
      section.note(
        Sentence("the WSDL has to say where the door is", "WSDL phải nói cửa vào ở đâu"), key: nil,
        remedy: Sentence(
          "add publicAddress to gateway.yaml, as partners reach the gateway",
          "hãy thêm publicAddress vào gateway.yaml, là địa chỉ đối tác dùng để tới trục"))
    }
  }
}

extension Site {
  /// `path` of a door.
  fileprivate static func doorPath(reading section: ConfigurationSection, example: String) -> String {
    let path = section.string("path")
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    if !path.isEmpty, segments.count < 2 || segments.first != "" || segments.dropFirst().contains(where: \.isEmpty) {
      section.note(
        Sentence("this is no path", "đây không phải là đường dẫn"), key: "path",
        remedy: Sentence(
          "write it as \(example), with a slash before each part",
          "hãy viết như \(example), có gạch chéo trước mỗi phần"))
    }
    return path
  }
}
