import DossierModel
import GatewayTesting
import Reconciliation
import ServiceKit
import Statistics
import Testing

@Suite("Lists in files")
struct ListFileTests {
  private let folder = TemporaryFolder()

  private func rows(
    _ text: String, _ format: ListFile.Format, limits: ListLimits = .standard
  ) throws -> [ListedDossier] {
    let path = folder.path + "/list"
    TestFiles.write(text, to: path)
    var list = try ListFile.read(path, as: format, limits: limits)
    var rows: [ListedDossier] = []
    while let row = try list.next() { rows.append(row) }
    return rows
  }

  private func code(of body: () throws -> Void) -> ListError.Code? {
    do { try body() } catch { return (error as? ListError)?.code }
    return nil
  }

  private static let expected: [ListedDossier] = [
    ListedDossier("H99.14-261120-0001", procedure: "1.009994", status: .processing, receivedAt: moment(8, 30)),
    ListedDossier("H99.14-261120-0002", status: .returned),
  ]

  private static func moment(_ hour: Int, _ minute: Int) -> Timestamp? {
    CivilDateTime(year: 2026, month: 11, day: 20, hour: hour, minute: minute)?.timestamp(offset: .vietnam)
  }

  @Test(
    "are read as tables, whatever stands between the cells and around them",
    arguments: [
      "MaHoSo,MaTTHC,TrangThaiHoSo,NgayTiepNhan\nH99.14-261120-0002,,10,\nH99.14-261120-0001,1.009994,4,20261120083000\n",
      "\u{FEFF}\"TenChuHoSo\";\"mahoso\";\"status\";\"procedure\";\"receivedAt\"\r\n"
        + "\"Nguyễn; \"\"A\"\"\";\"H99.14-261120-0002\";\"returned\"\r\n\r\n"
        + "B;H99.14-261120-0001;processing;1.009994;2026-11-20T08:30:00+07:00",
      "code\tTrangThai\tNgayTiepNhan\tMaTTHC\n"
        + "H99.14-261120-0001\t4\t20/11/2026 08:30\t1.009994\nH99.14-261120-0002\t10\t\t\n",
    ])
  func tables(text: String) throws {
    #expect(try rows(text, .csv) == Self.expected)
  }

  @Test("are read as JSON and XML, in whatever they are wrapped")
  func documents() throws {
    let json = """
      {"error_code": 0, "result": [
        {"MaHoSo": "H99.14-261120-0002", "TrangThaiHoSo": "10", "TaiLieuNop": []},
        {"MaHoSo": "H99.14-261120-0001", "MaTTHC": "1.009994", "TrangThaiHoSo": "4", "NgayTiepNhan": "20261120083000"}]}
      """
    #expect(try rows(json, .json) == Self.expected)
    let xml = """
      <listedDossiers><dossier><code>H99.14-261120-0001</code><procedureCode>1.009994</procedureCode>
        <receivedAt>2026-11-20T08:30:00+07:00</receivedAt><status>processing</status></dossier>
        <dossier><code>H99.14-261120-0002</code><status>returned</status></dossier></listedDossiers>
      """
    #expect(try rows(xml, .xml) == Self.expected)
    #expect(try rows("[]", .json) == [] && rows("<none/>", .xml) == [])
  }

  @Test("keep a status that nobody knows as it stands, the 0 of liên thông among them")
  func unknownStatus() throws {
    let read = try rows("MaHoSo,TrangThai\nA-1,0\nA-2,11\nA-3, 9 \n", .csv)
    #expect(read.map(\.unknownStatus) == ["0", "11", nil] && read[2].status == .completed)
  }

  @Test("say where they cannot be read")
  func faults() throws {
    let faults: [(String, ListFile.Format, ListError.Code, Int?)] = [
      ("", .csv, .missingColumn, nil), ("MaTTHC\nP\n", .csv, .missingColumn, 1),
      ("MaHoSo,Ten\nA-1,\"B\n", .csv, .malformed, 2), ("MaHoSo,Ten\nA-1,\"B\"C\n", .csv, .malformed, 2),
      ("MaHoSo,Ten\n\"A\n1\",B\n", .csv, .badRow, 2), ("MaHoSo,NgayTiepNhan\nA-1,\nA-2,31/11/2026\n", .csv, .badRow, 3),
      ("MaHoSo,Ten\n,B\n", .csv, .badRow, 2), ("{\n\"a\": }", .json, .malformed, 2), ("<a>\n</b>", .xml, .malformed, 2),
    ]
    for (text, format, code, line) in faults {
      do {
        _ = try rows(text, format)
        Issue.record("\(text) was read")
      } catch let error as ListError {
        #expect(error.code == code && error.line == line, "\(text): \(error)")
      }
    }
    #expect(code { _ = try ListFile.read(folder.path + "/absent", as: .csv) } == .unreadable)
  }

  @Test("hold as many rows and bytes as the limits say, and not one more")
  func limits() throws {
    var limits = ListLimits()
    limits.rows = 2
    #expect(try rows("MaHoSo\nA-1\nA-2\n", .csv, limits: limits).count == 2)
    #expect(code { _ = try rows("MaHoSo\nA-1\nA-2\nA-3\n", .csv, limits: limits) } == .tooLong)
    limits = ListLimits()
    limits.rowBytes = 7
    #expect(try rows("MaHoSo\nABC-01\n", .csv, limits: limits).count == 1)
    #expect(code { _ = try rows("MaHoSo\nABC-012\n", .csv, limits: limits) } == .malformed)
    limits = ListLimits()
    limits.documentBytes = 18
    #expect(try rows(#"[{"MaHoSo": "A-1"}]"#.replacing(" ", with: ""), .json, limits: limits).count == 1)
    #expect(code { _ = try rows(#"[{"MaHoSo": "A-1"}]"#, .json, limits: limits) } == .unreadable)
  }

  @Test("say a status by the portal's number or by its word; what is none of its list is kept as it stands")
  func statuses() throws {
    let words = [
      "registered", "accepted", "notAccepted", "processing", "supplementRequested", "paymentRequested", "withdrawn",
      "stopped", "completed", "returned",
    ]
    func read(_ status: String) throws -> ListedDossier? {
      try rows(#"[{"MaHoSo": "A-1", "TrangThaiHoSo": "\#(status)"}]"#, .json).first
    }
    for (number, word) in words.enumerated() {
      #expect(try read("\(number + 1)")?.status?.rawValue == word)
      #expect(try read(word)?.status?.rawValue == word)
    }
    for other in ["0", "11", "interoperating", "xong"] {
      let row = try #require(try read(other))
      #expect(row.status == nil && row.unknownStatus == other)
    }
  }

  @Test("come out in order when they are sorted by parts on the disk, what is equal as it came")
  func sorting() throws {
    var limits = ListLimits()
    limits.rowsInMemory = 7
    var random = SystemRandomNumberGenerator()
    var sorter = DossierSorter(limits: limits)
    var expected: [ListedDossier] = []
    let statuses = DossierStatus.official
    for number in 0..<1_000 {
      var row = ListedDossier(
        DossierCode("H99-\(Int.random(in: 0..<300, using: &random))"), status: statuses[number % statuses.count],
        receivedAt: Timestamp(seconds: Int64(number)))
      if number % 3 == 0 { row.procedure = "1.\(number)" }
      if number % 5 == 0 { (row.status, row.unknownStatus) = (nil, "chờ \(number)") }
      expected.append(row)
      try sorter.add(row)
    }
    var list = try sorter.finish()
    var sorted: [ListedDossier] = []
    while let row = try list.next() { sorted.append(row) }
    let order = expected.enumerated().sorted {
      $0.element.code == $1.element.code ? $0.offset < $1.offset : $0.element.code.precedes($1.element.code)
    }
    #expect(sorted == order.map(\.element))
  }
}
