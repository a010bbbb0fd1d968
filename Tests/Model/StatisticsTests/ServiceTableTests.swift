import GatewayTesting
import ServiceKit
import Statistics
import Testing

/// The catalogues that provinces published, made anew.
@Suite("Catalogues of public services")
struct ServiceTableTests {
  private func day(_ text: String) throws -> CivilDay { try #require(CivilDay(text)) }

  /// So many services of an agency, numbered from `first`.
  private func services(
    _ count: Int, of agency: String, _ office: PublicService.Office, level: Int, from: String, first: Int = 1
  ) throws -> [PublicService] {
    let begins = try day(from)
    return (first..<first + count).map {
      PublicService("\(office.rawValue)-\($0)", agency: agency, office: office, level: level, from: begins)
    }
  }

  private func dossier(_ procedure: String, of agency: String, received: String) throws -> DossierCase {
    DossierCase(
      agency: agency, procedure: procedure, receivedAt: try Timestamp(rfc3339: "\(received)T09:00:00+07:00"))
  }

  @Test("Sơn La: what was given in 2016, and the 24 services registered for 2017")
  func sonLa() throws {
    let catalogue2016 = ServiceCatalogue(
      try services(11, of: "Sở", .province, level: 3, from: "2016-01-01")
        + services(1, of: "Bộ", .ministry, level: 3, from: "2016-01-01")
        + services(2, of: "Bộ", .ministry, level: 4, from: "2016-01-01", first: 2)
        + services(2, of: "Huyện", .district, level: 3, from: "2016-01-01"))
    let of2016 = ServiceTable(catalogue2016, try #require(Period("2016")))
    #expect(of2016[.province].services == [3: 11] && of2016[.ministry].services == [3: 1, 4: 2])
    #expect(of2016[.district].services == [3: 2] && of2016.total.all == 16)

    let catalogue = ServiceCatalogue(
      try services(15, of: "Sở", .province, level: 3, from: "2017-03-01")
        + services(6, of: "Huyện", .district, level: 3, from: "2017-03-01")
        + services(3, of: "Xã", .commune, level: 3, from: "2017-03-01"))
    var table = ServiceTable(catalogue, try #require(Period("2017")))
    #expect(PublicService.Office.allCases.map { table[$0].services[3] ?? 0 } == [0, 15, 6, 3])
    #expect(table.total.services == [3: 24] && table.total.used == 0)
    // Before the day of the article nothing is given.
    #expect(ServiceTable(catalogue, try #require(Period("2017-02"))).total.all == 0)
    for service in catalogue.services.prefix(10) {
      for _ in 0..<2 { table.add(try dossier(service.procedure, of: service.agency, received: "2017-05-02")) }
    }
    table.add(try dossier("khác", of: "Sở", received: "2017-05-02"))
    table.add(try dossier("province-1", of: "Sở", received: "2018-01-01"))
    #expect(table[.province].used == 10 && table[.province].dossiers == 20 && table.unlisted == 1)
  }

  @Test("Điện Biên: 2.116 services of levels 2 to 4, and the share of each")
  func dienBien() throws {
    let catalogue = ServiceCatalogue(
      try services(1_785, of: "Tỉnh", .province, level: 2, from: "2019-09-18")
        + services(243, of: "Tỉnh", .province, level: 3, from: "2019-09-18", first: 2_000)
        + services(88, of: "Tỉnh", .province, level: 4, from: "2019-09-18", first: 3_000))
    let total = ServiceTable(catalogue, try #require(Period("2019-10"))).total
    #expect(total.services == [2: 1_785, 3: 243, 4: 88] && total.all == 2_116)
    let shares = (2...4).map { Share(total.services[$0] ?? 0, of: total.all).percent() }
    #expect(shares == ["84,36 %", "11,48 %", "4,16 %"])
  }

  @Test("the level-4 catalogue: 66 services of Sở Công Thương, raised from level 3, and an agency without a count")
  func levelFour() throws {
    let trade = "Sở Công Thương"
    let catalogue = ServiceCatalogue(
      try services(66, of: trade, .province, level: 3, from: "2019-11-01")
        + services(66, of: trade, .province, level: 4, from: "2021-09-01")
        + services(1, of: "Sở Xây dựng", .province, level: 4, from: "2021-09-15", first: 100))
    let before = ServiceTable(catalogue, try #require(Period("2021-08")))
    let after = ServiceTable(catalogue, try #require(Period("2021-09")))
    #expect(before.total.services == [3: 66])
    #expect(after.total.services == [4: 67], "a service counts once, at the level that it has now")
    #expect(after.services(of: trade).count == 66)
  }

  @Test("a dossier of a service that several agencies give counts for its own, and for none where it names another")
  func severalAgencies() throws {
    let from = try day("2021-01-01")
    let catalogue = ServiceCatalogue([
      PublicService("1", agency: "A", office: .province, level: 3, from: from),
      PublicService("1", agency: "B", office: .commune, level: 4, from: from),
      PublicService("2", agency: "A", office: .province, level: 3, from: from),
    ])
    var table = ServiceTable(catalogue, try #require(Period("2021")))
    for (procedure, agency) in [("1", "B"), ("1", "C"), ("2", "C")] {
      table.add(try dossier(procedure, of: agency, received: "2021-02-01"))
    }
    #expect(table[.commune].dossiers == 1 && table[.province].dossiers == 1 && table.unlisted == 1)
  }

  @Test("a file that says it is read, and what is wrong in one is told with its place")
  func reading() throws {
    let path = TemporaryFolder()
    func read(_ text: String) -> (levels: [Int]?, errors: [String]) {
      TestFiles.write(text, to: path.path + "/dich-vu.yaml")
      var files = ConfigurationFiles()
      let catalogue = files.read(path.path + "/dich-vu.yaml") { ServiceCatalogue(reading: $0) }
      return (catalogue?.services.map(\.level), files.errors.map(\.description))
    }
    let good = read(
      """
      services:
        - { procedure: "1.009994", agency: Sở Xây dựng, office: province, level: 3, from: 2017-03-01 }
        - { procedure: "1.009994", agency: Sở Xây dựng, office: province, level: 4, from: 2021-09-01 }
      """)
    #expect(good.errors == [] && good.levels == [3, 4])
    let bad = read(
      """
      services:
        - { procedure: "1.009994", agency: Sở, office: xóm, level: 5, from: 2017-02-30 }
        - { procedure: "1.000001", agency: Sở, office: commune, level: 3, from: 2017-03-01 }
        - { procedure: "1.000001", agency: Sở, office: commune, level: 3, from: 2017-03-01 }
      """)
    #expect(bad.levels == nil && bad.errors.count == 4, "\(bad.errors)")
    for line in [2, 4] { #expect(bad.errors.contains { $0.contains("dich-vu.yaml:\(line):") }, "\(bad.errors)") }
    #expect(read("services: []").errors.count == 1)
  }
}
