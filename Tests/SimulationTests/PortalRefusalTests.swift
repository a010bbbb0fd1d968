import HTTPKit
import JSONKit
import ServiceKit
import Simulation
import Testing

@Suite("What the simulated portal refuses")
struct PortalRefusalTests {
  @Test("A wrong user name or password is error -1 without a session")
  func wrongLogin() throws {
    for (name, password) in [("demo", "wrong"), ("wrong", "demo"), ("", "")] {
      let reply = try PortalCaller().login(username: name, password: password)
      #expect(reply.code == #""-1""#)
      #expect(reply.session == nil)
    }
  }

  @Test("A session ends with its life, to the nanosecond, and a new login helps")
  func expiry() throws {
    let caller = PortalCaller { $0.sessionLife = .seconds(60) }
    let session = try #require(try caller.login().session)
    caller.time.advance(by: .seconds(60) - .nanoseconds(1))
    #expect(try caller.call("LayDanhMucCoQuan", session: session).code == #""0""#)
    caller.time.advance(by: .nanoseconds(1))
    let late = try caller.call("LayDanhMucCoQuan", session: session)
    #expect(late.code == #""-1""#)
    #expect(late.message.contains("ession"))
    #expect(try caller.call("LayDanhMucCoQuan").code == #""0""#)
  }

  @Test("A missing session, an unknown one, and one from before a restart are refused")
  func noSession() throws {
    let caller = PortalCaller()
    #expect(try caller.call("LayDanhMucCoQuan", session: "").code == #""-1""#)
    #expect(try caller.call("LayDanhMucCoQuan", session: "unknown").code == #""-1""#)
    let session = try #require(try caller.login().session)
    caller.portal.forgetSessions()
    #expect(try caller.call("LayDanhMucCoQuan", session: session).code == #""-1""#)
  }

  @Test("A service that does not exist, or is no dictionary and called at the address for dictionaries, is refused")
  func unknownService() throws {
    #expect(try PortalCaller().call("LayThuTucKhac").message == "Dịch vụ không tồn tại")
    #expect(try PortalCaller().call("laythutuc").message == "Dịch vụ không tồn tại")
    let shared = try PortalCaller().call("TraCuuHoSo", #", "mahoso": "x""#, path: "/share")
    #expect(shared.message == "Dịch vụ không tồn tại")
  }

  @Test("An agency that is not let in is refused")
  func agency() throws {
    let caller = PortalCaller { $0.agencies = ["H56"] }
    #expect(try caller.call("LayDanhMucCoQuan").message.contains("madonvi"))
  }

  @Test("A body that is no JSON object, another content type and a wrong dstcode are error -1, with HTTP 200")
  func form() throws {
    let caller = PortalCaller { $0.destinationCode = "VN:GOV:1" }
    let good = #"{"username": "demo", "password": "demo"}"#
    for response in [
      caller.post("/login", "[]", dstcode: "VN:GOV:1"), caller.post("/login", "{", dstcode: "VN:GOV:1"),
      caller.post("/login", good, contentType: "text/plain", dstcode: "VN:GOV:1"),
      caller.post("/login", good), caller.post("/login", good, dstcode: "other"),
    ] {
      let reply = try Reply(response)
      #expect(reply.status == 200)
      #expect(reply.code == #""-1""#)
    }
    #expect(try Reply(caller.post("/login", good, dstcode: "VN:GOV:1")).code == #""0""#)
  }

  @Test("Another path is 404, another method 405")
  func http() {
    #expect(PortalCaller().post("/other", "{}").status == 404)
    let get = HTTPRequest(method: .get, target: "/service", path: ["service"])
    #expect(PortalCaller().portal.answer(get).status == 405)
  }

  @Test("LayThuTuc and TraCuuHoSo need their parameter, spelt exactly")
  func parameters() throws {
    #expect(try PortalCaller().call("LayThuTuc", #", "MaTTHC": "1.001193""#).message.contains("maTTHC"))
    #expect(try PortalCaller().call("LayThuTuc", #", "maTTHC": "1.999999""#).message.contains("không tồn tại"))
    #expect(try PortalCaller().call("TraCuuHoSo", #", "MaHoSo": "x""#).message.contains("mahoso"))
  }

  @Test("isUpdating is a string with a capital first letter, and nothing else")
  func isUpdating() throws {
    for value in [#""true""#, "true", #""""#, "null"] {
      let parameters = #", "isUpdating": \#(value), "data": [\#(SampleDossier().json)]"#
      #expect(try PortalCaller().call("DongBoHoSoMC", parameters).message.contains("isUpdating"), "\(value)")
    }
  }

  @Test("isUpdating True on a dossier that is not there is refused, and none of the call is taken")
  func updateUnknown() throws {
    let caller = PortalCaller()
    _ = try caller.synchronise(SampleDossier().json)
    let reply = try caller.synchronise(
      SampleDossier().with("TrangThaiHoSo", #""4""#).json,
      SampleDossier().with("MaHoSo", #""H99.30-261120-0009""#).json,
      isUpdating: "True")
    #expect(reply.code == #""-1""#)
    #expect(reply.message.contains("không tồn tại"))
    #expect(try caller.show("dossiers")["dossiers"]?[0]?["status"]?.string == "2")
  }

  @Test("Progress for a dossier that is not there is refused, and none of the call is taken")
  func progressUnknown() throws {
    let caller = PortalCaller()
    _ = try caller.synchronise(SampleDossier().json)
    let entries = "\(SampleDossier.progress()), \(SampleDossier.progress(code: "H99.30-261120-0009"))"
    let reply = try caller.call("CapNhatTienDoHoSoMC", #", "data": [\#(entries)]"#)
    #expect(reply.code == #""-1""#)
    #expect(reply.message.contains("không tồn tại"))
    #expect(try caller.show("dossiers/H99.30-261120-0001")["progress"]?.count == 0)
  }

  @Test(
    "A field that breaks a rule is named with its place, and its value is not repeated",
    arguments: [
      ("MaHoSo", nil, "bắt buộc"), ("MaHoSo", #""H99-991399-0001""#, "mã hồ sơ"), ("MaHoSo", #""""#, "bắt buộc"),
      ("MaTTHC", #""KS-01""#, "mã thủ tục"), ("MaTTHC", #""1.999999""#, "danh mục thủ tục"),
      ("TenTTHC", #""  ""#, "bắt buộc"), ("KenhThucHien", "2", "chuỗi"), ("KenhThucHien", #""4""#, "danh mục"),
      ("LoaiDoiTuong", #""0""#, "danh mục"), ("TrangThaiHoSo", #""11""#, "danh mục"),
      ("NgayTiepNhan", #""2026-11-20T08:30:00""#, "yyyyMMddHHmmss"),
      ("NgayTiepNhan", #""20260230083000""#, "yyyyMMddHHmmss"),
      ("NgayHenTra", #""00010101000000""#, "yyyyMMddHHmmss"), ("SoGiayToChuHoSo", "null", "bắt buộc"),
      ("TaiLieuNop", #"{"TenTepDinhKem": "a"}"#, "danh sách"), ("TaiLieuNop", #"["a"]"#, "đối tượng"),
      ("NoiNopHoSo", #""3""#, "danh mục"), ("DSKetNoiCSDL", "[{}]", "bắt buộc"),
    ] as [(String, String?, String)])
  func field(name: String, json: String?, sentence: String) throws {
    let caller = PortalCaller()
    let reply = try caller.synchronise(SampleDossier().json, SampleDossier().with(name, json).json)
    #expect(reply.code == #""-1""#)
    #expect(reply.message.contains("data[1].\(name)"), "\(reply.message)")
    #expect(reply.message.contains(sentence), "\(reply.message)")
    #expect(!reply.message.contains("991399") && !reply.message.contains("2026-11"))
    #expect(try caller.show("dossiers")["dossiers"]?.count == 0)
  }

  @Test("A list's element is checked like everything else")
  func nested() throws {
    let papers = #"""
      [{"TenTepDinhKem": "a.pdf", "MaThanhPhanHoSo": "", "DuongDanTaiTepTin": "https://tep.example.vn/1"},
       {"TenTepDinhKem": "b.pdf", "DuongDanTaiTepTin": "/b", "IsDeleted": "true"}]
      """#
    let message = try PortalCaller().synchronise(SampleDossier().with("TaiLieuNop", papers).json).message
    for name in ["MaThanhPhanHoSo là bắt buộc", "DuongDanTaiTepTin không phải", "IsDeleted không có trong danh mục"] {
      #expect(message.contains("data[0].TaiLieuNop[1].\(name)"), "\(message)")
    }
    #expect(!message.contains("TaiLieuNop[0]"))
    let fees = SampleDossier().with("DanhSachLePhi", #"[{"TenPhiLePhi": "Lệ phí", "Gia": "8.000,00"}]"#)
    #expect(try PortalCaller().synchronise(fees.json).message.contains("Gia không phải là số tiền"))
  }

  @Test("A finished dossier needs the end of its processing")
  func finishedWithoutEnd() throws {
    for status in ["9", "10"] {
      let dossier = SampleDossier().with("TrangThaiHoSo", "\"\(status)\"")
      #expect(try PortalCaller().synchronise(dossier.json).message.contains("NgayKetThucXuLy là bắt buộc"))
    }
  }

  @Test("The newer fields are asked for only where the portal is set so")
  func newerFields() throws {
    #expect(try PortalCaller().synchronise(SampleDossier().json).code == #""0""#)
    let strict = try PortalCaller { $0.asksForNewerFields = true }.synchronise(SampleDossier().json)
    #expect(strict.message.contains("NoiNopHoSo là bắt buộc"))
  }

  @Test("The same dossier twice in one call is refused")
  func twice() throws {
    #expect(try PortalCaller().synchronise(SampleDossier().json, SampleDossier().json).message.contains("lặp lại"))
  }

  @Test("A summary of 1000 characters passes and one of 1001 does not")
  func limit() throws {
    let full = SampleDossier().with("TrichYeuHoSo", "\"\(String(repeating: "ộ", count: 1_000))\"")
    #expect(try PortalCaller().synchronise(full.json).code == #""0""#)
    let over = SampleDossier().with("TrichYeuHoSo", "\"\(String(repeating: "ộ", count: 1_001))\"")
    #expect(try PortalCaller().synchronise(over.json).message.contains("độ dài"))
  }

  @Test("A call takes as many elements as its limit says, and none more; nothing at all is refused too")
  func elements() throws {
    let caller = PortalCaller { $0.limits.elementsPerCall = 2 }
    let dossiers = (1...3).map { SampleDossier().with("MaHoSo", "\"H99.30-261120-000\($0)\"").json }
    #expect(try caller.synchronise(dossiers[0], dossiers[1], dossiers[2]).message.contains("quá 2"))
    #expect(try caller.synchronise(dossiers[0], dossiers[1]).code == #""0""#)
    #expect(try caller.call("DongBoHoSoMC", #", "isUpdating": "False", "data": []"#).code == #""-1""#)
    #expect(try caller.call("CapNhatTienDoHoSoMC").code == #""-1""#)
  }

  @Test("More complaints than are told are counted")
  func manyComplaints() throws {
    let message = try PortalCaller().synchronise("{}").message
    #expect(message.contains("MaHoSo"))
    #expect(message.contains("lỗi khác"))
  }

  @Test("A progress entry needs who, when and a status of the list")
  func progressFields() throws {
    let caller = PortalCaller()
    _ = try caller.synchronise(SampleDossier().json)
    for (entry, field) in [
      (SampleDossier.progress(by: ""), "NguoiXuLy"), (SampleDossier.progress(at: "20261120"), "ThoiDiemXuLy"),
      (SampleDossier.progress(status: "done"), "TrangThai"),
      (SampleDossier.progress(by: String(repeating: "a", count: 51)), "NguoiXuLy"),
    ] {
      let reply = try caller.call("CapNhatTienDoHoSoMC", #", "data": [\#(entry)]"#)
      #expect(reply.message.contains("data[0].\(field)"), "\(reply.message)")
    }
    let longest = SampleDossier.progress(by: String(repeating: "ạ", count: 50))
    #expect(try caller.call("CapNhatTienDoHoSoMC", #", "data": [\#(longest)]"#).code == #""0""#)
  }
}
