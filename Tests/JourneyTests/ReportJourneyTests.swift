import GatewayTesting
import HTTPKit
import JSONKit
import ServiceKit
import Testing

/// Figures that nobody wrote into the ledger: dossiers and steps come through the door of generation A, and the report counts them.
@Suite("Figures made by exchanges", .timeLimit(.minutes(5)))
struct ReportJourneyTests {
  /// Unit, and how many ended with which `TrangThai` on which day; received on 20/9/2019, due on the tenth day.
  private static let published: [(String, [(status: String?, day: Int, count: Int)])] = [
    ("Sở, ngành", [("9", 25, 313), ("9", 30, 68), ("9", 2, 11), ("7", 23, 17), ("8", 23, 5), (nil, 0, 85)]),
    ("Cấp huyện", [("9", 25, 717), ("9", 30, 123), ("9", 2, 241), ("7", 23, 24), ("8", 23, 17), (nil, 0, 888)]),
    ("Cấp xã", [("9", 25, 363), ("9", 30, 35), ("9", 2, 22), (nil, 0, 153)]),
  ]
  /// Elements of one call.
  private static let batch = 100

  private struct Door {
    let visitor: Visitor
    let session: String

    init(_ visitor: Visitor) throws {
      self.visitor = visitor
      let answer = try Self.post(
        visitor, "/dvcqg/login", #"{"username":"mot-cua","password":"\#(TestSite.password)"}"#)
      session = try #require(answer["session"]?.string)
    }

    private static func post(_ visitor: Visitor, _ path: String, _ body: String) throws -> JSONValue {
      let response = try #require(
        visitor.send(.post, path, headers: ["Content-Type": "application/json"], body: Array(body.utf8)))
      return try JSONDocument(parsing: response.body).root
    }

    func call(_ service: String, _ elements: [String]) throws {
      let update = service == "DongBoHoSoMC" ? "\"isUpdating\":\"False\"," : ""
      let answer = try Self.post(
        visitor, "/dvcqg/service",
        "{\"session\":\"\(session)\",\"madonvi\":\"H99\",\"service\":\"\(service)\",\(update)"
          + "\"data\":[\(elements.joined(separator: ","))]}")
      try #require(answer["error_code"]?.integer == 0, "\(answer["message"]?.string ?? "")")
    }
  }

  private func dossier(
    _ code: String, unit: String, received: String = "20190920090000", due: String = "20190930090000"
  ) -> String {
    """
    {"MaHoSo":"\(code)","MaTTHC":"1.001193","TenTTHC":"Thủ tục","MaLinhVuc":"G15-HT01","TenLinhVuc":"Lĩnh vực","KenhThucHien":"2",\
    "SoGiayToChuHoSo":"038090000017","LoaiDoiTuong":"1","TrichYeuHoSo":"Thử","NgayTiepNhan":"\(received)",\
    "NgayHenTra":"\(due)","TrangThaiHoSo":"2","HinhThuc":"0","DonViXuLy":"\(unit)"}
    """
  }

  private func step(_ code: String, _ status: String, at moment: String) -> String {
    """
    {"MaHoSo":"\(code)","NguoiXuLy":"Cán bộ","ThoiDiemXuLy":"\(moment)","TrangThai":"\(status)"}
    """
  }

  /// From the 20th on of September 2019, else of October.
  private func step(_ code: String, _ status: String, day: Int) -> String {
    step(code, status, at: day < 20 ? "2019100\(day)090000" : "201909\(day)090000")
  }

  @Test("3.082 dossiers and 1.956 ends sent through the door give the table that Điện Biên published on 09/10/2019")
  func published() throws {
    let site = TestSite()
    let clock = ManualTimeSource(now: try Timestamp(rfc3339: "2019-10-09T08:00:00+07:00"))
    var gateway: GatewayInProcess? = try GatewayInProcess(site, time: clock)
    let door = try Door(try Visitor(port: try #require(gateway).port))
    var (dossiers, steps): ([String], [String]) = ([], [])
    for (unit, outcomes) in Self.published {
      for outcome in outcomes {
        for _ in 0..<outcome.count {
          let number = String(dossiers.count + 1)
          let code = "H18.10-190920-" + String(repeating: "0", count: 4 - number.count) + number
          dossiers.append(dossier(code, unit: unit))
          if let status = outcome.status { steps.append(step(code, status, day: outcome.day)) }
        }
      }
    }
    for (service, elements) in [("DongBoHoSoMC", dossiers), ("CapNhatTienDoHoSoMC", steps)] {
      for start in stride(from: 0, to: elements.count, by: Self.batch) {
        try door.call(service, Array(elements[start..<min(start + Self.batch, elements.count)]))
      }
    }
    gateway = nil

    let run = ProgramRun.lienthong("report", "--period", "2019-09-18/2019-10-09", "--data", site.data)
    #expect(run.exitCode == 0, "\(run.errorText)")
    let rows = run.text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    for row in [
      "Sở, ngành 499 0 313 68 11 17 5 0 0 85 97,19 %", "Cấp huyện 2010 0 717 123 241 24 17 0 0 888 77,71 %",
      "Cấp xã 573 0 363 35 22 0 0 0 0 153 94,76 %", "all 3082 0 1393 226 274 41 22 0 0 1126 85,53 %",
    ] {
      #expect(rows.contains(row), "\(row) in \(run.text)")
    }
    // The article says nothing of results, so nothing of results was sent; the report tells it.
    #expect(rows.contains { $0.hasPrefix("completedWithoutResult 1893 ") }, "\(run.text)")
    #expect(!run.text.contains("statusWentBackwards"), "steps that are told late are no steps back")
  }

  @Test("what looks wrong is told by log and metrics with the message that brings it, once, and goes out as it is")
  func anomalies() throws {
    let site = TestSite()
    let gateway = try GatewayInProcess(site)
    let visitor = try Visitor(port: gateway.port)
    let door = try Door(visitor)
    let code = "H18.10-190920-0001"
    try door.call("DongBoHoSoMC", [dossier(code, unit: "Sở")])
    try door.call("CapNhatTienDoHoSoMC", [step(code, "5", day: 23)])
    try door.call("CapNhatTienDoHoSoMC", [step(code, "9", day: 23)])
    try door.call("CapNhatTienDoHoSoMC", [step(code, "4", day: 25)])
    try door.call("CapNhatTienDoHoSoMC", [step(code, "10", day: 26)])
    func metrics() -> String {
      visitor.send(.get, "/metrics", key: TestSite.operatorKey).map { String(decoding: $0.body, as: UTF8.self) } ?? ""
    }
    let kinds = ["completedWithoutResult", "statusWentBackwards", "rewrittenSupplement"]
    let isTold = Patience.until {
      let text = metrics()
      return kinds.allSatisfy { text.contains("lienthong_anomalies_total{anomaly=\"\($0)\"} 1\n") }
    }
    #expect(isTold, "\(metrics().split(separator: "\n").filter { $0.contains("anomal") })")
    var log: String { String(decoding: TestFiles.read(site.folder.path + "/log"), as: UTF8.self) }
    // The log is written beside the work that it tells of.
    #expect(Patience.until { log.ranges(of: "dossier-looks-wrong").count >= 3 }, "\(log)")
    #expect(log.ranges(of: "dossier-looks-wrong").count == 3 && log.contains(code), "\(log)")
    #expect(visitor.states(of: code, to: "cong").count == 5, "each message goes to the portal as it came")
    let report = ProgramRun.lienthong("report", "--period", "2019", "--json", "--data", site.data)
    let counts =
      try JSONDocument(parsing: report.output).root["anomalies"]?.elements.map { $0["dossiers"]?.integer } ?? []
    #expect(counts == [1, 1, 1])
  }

  @Test("dossiers of a procedure are compared with the time that its definition gives")
  func procedureTimes() throws {
    let site = TestSite()
    var gateway: GatewayInProcess? = try GatewayInProcess(site)
    let door = try Door(try Visitor(port: try #require(gateway).port))
    let codes = ["H18.10-190920-0001", "H18.10-190920-0002"]
    try door.call(
      "DongBoHoSoMC", codes.map { dossier($0, unit: "Sở", received: "20261109090000", due: "") })
    // Received on a Monday: five working days end on the Monday after.
    try door.call(
      "CapNhatTienDoHoSoMC",
      [step(codes[0], "9", at: "20261113090000"), step(codes[1], "9", at: "20261128090000")])
    gateway = nil
    let folder = site.folder.path + "/procedures"
    TestFiles.write(
      """
      procedure: thu-tuc
      version: 1
      title: Thủ tục
      codes: ["1.001193"]
      time: { term: 5 workingDays }
      steps:
        giai-quyet: { title: Giải quyết, agency: so }

      """, to: folder + "/thu-tuc/1.yaml")
    let words = ["report", "--period", "2026-11", "--by", "procedure", "--data", site.data]
    func report(_ more: String...) -> ProgramRun { ProgramRun([TestFiles.program("lienthong")] + words + more) }
    // Without an appointment and without a known time nothing is late.
    #expect(report().text.contains("1.001193") && !report().text.contains("may take"))
    let calendars = TestFiles.projectRoot + "/Deploy/calendars"
    let run = ProgramRun(
      [TestFiles.program("lienthong"), "report", "--period", "2026-11", "--by", "procedure", "--data", site.data]
        + ["--procedures", folder, "--calendars", calendars, "--json"])
    #expect(run.exitCode == 0, "\(run.errorText)")
    let root = try JSONDocument(parsing: run.output).root
    #expect(root["total"]?["late"]?.integer == 1 && root["total"]?["received"]?.integer == 2)
    let row = root["procedures"]?[0]
    #expect(row?["procedure"]?.string == "1.001193" && row?["mayTake"]?.string == "5 workingDays")
    #expect(row?["solved"]?.integer == 2 && row?["longer"]?.integer == 1)
    #expect(row?["longestSeconds"]?.integer == 19 * 86_400)
    #expect(report("--procedures", site.folder.path + "/none").exitCode == 2)
  }

  @Test(
    "24 services as Sơn La registered them for 2017, each used by exchanges, give its table: 15, 6 and 3 at level 3")
  func services() throws {
    let site = TestSite()
    var gateway: GatewayInProcess? = try GatewayInProcess(site)
    let door = try Door(try Visitor(port: try #require(gateway).port))
    var (rows, dossiers): ([String], [String]) = ([], [])
    for (office, unit, count) in [("province", "Sở", 15), ("district", "Huyện", 6), ("commune", "Xã", 3)] {
      for number in 1...count {
        let procedure = "1.\(100_000 + rows.count)"
        rows.append(
          "  - { procedure: \"\(procedure)\", agency: \(unit), office: \(office), level: 3, from: 2017-03-01 }")
        // One dossier of the first service of an office, two of the second, and so on.
        for _ in 0..<number {
          let code = "H14.10-170502-" + String(10_000 + dossiers.count)
          dossiers.append(
            dossier(code, unit: unit, received: "20170502090000", due: "").replacing("1.001193", with: procedure))
        }
      }
    }
    dossiers.append(dossier("H14.10-170502-0001", unit: "Sở", received: "20170502090000", due: ""))
    for start in stride(from: 0, to: dossiers.count, by: Self.batch) {
      try door.call("DongBoHoSoMC", Array(dossiers[start..<min(start + Self.batch, dossiers.count)]))
    }
    gateway = nil
    let catalogue = site.folder.path + "/dich-vu.yaml"
    TestFiles.write("services:\n" + rows.joined(separator: "\n") + "\n", to: catalogue)
    func report(_ period: String) -> [String] {
      ProgramRun.lienthong("report", "--period", period, "--services", catalogue, "--data", site.data).lines
        .map { $0.split(separator: " ").joined(separator: " ") }
    }
    let lines = report("2017")
    for line in [
      "services given on 2017-12-31", "province 0 0 15 0 15 15 120", "district 0 0 6 0 6 6 21", "commune 0 0 3 0 3 3 6",
      "all 0 0 24 0 24 24 147", "dossiers of services that are not listed: 1",
    ] {
      #expect(lines.contains(line), "\(line) in \(lines)")
    }
    #expect(report("2017-02").contains("all 0 0 0 0 0 0 0"), "before that day nothing was given")
    #expect(
      ProgramRun.lienthong("report", "--period", "2017", "--services", catalogue + "x", "--data", site.data).exitCode
        == 2)
  }
}
