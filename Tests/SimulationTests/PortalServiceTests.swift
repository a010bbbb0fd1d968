import JSONKit
import ServiceKit
import Simulation
import Testing

@Suite("What the simulated portal does for those who speak its protocol")
struct PortalServiceTests {
  @Test("A right login opens a session, and error_code is 0")
  func login() throws {
    let reply = try PortalCaller().login()
    #expect(reply.code == #""0""#)
    #expect(reply.session?.isEmpty == false)
    #expect(reply.message.contains("thành công"))
  }

  @Test("error_code comes as 0, \"0\" and \"00\" in rotation, so that a client that knows one form is found out")
  func codeForms() throws {
    let caller = PortalCaller { $0.codeStyle = .rotating }
    let session = try #require(try caller.login().session)
    var seen = Set<String>()
    for _ in 0..<3 { seen.insert(try caller.call("LayDanhMucLinhVuc", session: session).code) }
    #expect(seen == ["0", #""0""#, #""00""#])
  }

  @Test("LayThuTuc gives one procedure with its names in capitals, also by a provincial code")
  func procedure() throws {
    for code in ["1.001193", "1.001193.H56", "1.001193.000.00.00.H56"] {
      let reply = try PortalCaller().call("LayThuTuc", #", "maTTHC": "\#(code)""#)
      let procedure = try #require(reply.result?[0])
      #expect(procedure["MATTHC"]?.string == "1.001193")
      #expect(procedure["TENTTHC"]?.string == "Thủ tục đăng ký khai sinh")
      #expect(procedure["LINHVUCTHUCHIEN"]?[0]?["MALINHVUC"]?.string == "G15-HT01")
      for name in ["TRINHTUTHUCHIEN", "CACHTHUCTHUCHIEN", "THANHPHANHOSO", "KETQUATHUCHIEN", "COQUANTHUCHIEN"] {
        #expect(procedure[name]?.kind == .array, "\(name)")
      }
    }
  }

  @Test("The dictionaries have the documented keys, at both addresses")
  func dictionaries() throws {
    let expected = [
      "LayDanhSachTTHC": ["MATTHC", "TENTTHC"],
      "LayDanhMucCoQuan": ["MADONVI", "TENDONVI", "CAPDONVI"],
      "LayDanhMucLinhVuc": ["MALINHVUC", "TENLINHVUC", "MANGANH"],
    ]
    for (service, keys) in expected {
      for path in ["/service", "/share"] {
        let reply = try PortalCaller().call(service, path: path)
        let first = try #require(reply.result?[0], "\(service)")
        #expect(first.members.map(\.name) == keys, "\(service)")
      }
    }
  }

  @Test("A new dossier is created, found, and shown with its codes")
  func create() throws {
    let caller = PortalCaller()
    let before = try caller.call("TraCuuHoSo", #", "mahoso": "H99.30-261120-0001""#)
    #expect(before.code == #""0""#)
    #expect(before.result?.count == 0)

    let reply = try caller.synchronise(SampleDossier().json)
    #expect(reply.code == #""0""#)
    #expect(reply.message.contains("thành công"))

    let found = try caller.call("TraCuuHoSo", #", "mahoso": "H99.30-261120-0001""#)
    #expect(found.result?[0]?["MaHoSo"]?.string == "H99.30-261120-0001")
    #expect(found.result?[0]?["TrangThaiHoSo"]?.string == "2")
    let shown = try caller.show("dossiers")["dossiers"]?[0]
    #expect(shown?["code"]?.string == "H99.30-261120-0001")
    #expect(shown?["version"]?.integer == 1)
    #expect(caller.eventNames.contains(.dossierCreated))
  }

  @Test("isUpdating False on a dossier that is there says đã tồn tại with a code other than zero, and changes nothing")
  func alreadyThere() throws {
    for (form, code) in [(PortalCodeForm.number, "3"), (.text, #""3""#), (.doubleText, #""-3""#)] {
      let caller = PortalCaller { $0.codeStyle = .always(form) }
      _ = try caller.synchronise(SampleDossier().json)
      let reply = try caller.synchronise(
        SampleDossier().with("MaHoSo", #""H99.30-261120-0002""#).json,
        SampleDossier().with("TrangThaiHoSo", #""4""#).json)
      #expect(reply.code == code)
      #expect(reply.message.contains("đã tồn tại"))
      let shown = try #require(try caller.show("dossiers")["dossiers"])
      #expect(shown.count == 1, "a call is taken whole or not at all")
      #expect(shown[0]?["status"]?.string == "2")
    }
  }

  @Test("isUpdating True replaces a dossier and counts its versions")
  func update() throws {
    let caller = PortalCaller()
    _ = try caller.synchronise(SampleDossier().json)
    let done = SampleDossier().with("TrangThaiHoSo", #""10""#).with("NgayKetThucXuLy", #""20261121150000""#)
      .with(
        "DanhSachGiayToKetQua",
        #"""
        [{"TenGiayTo": "Giấy khai sinh", "MaThanhPhanHoSo": "", "GiayToId": "",
          "DuongDanTepTinKetQua": "https://tep.example.vn/kq"}]
        """#)
    #expect(try caller.synchronise(done.json, isUpdating: "True").message.contains("thành công"))
    let shown = try caller.show("dossiers/H99.30-261120-0001")
    #expect(shown["version"]?.integer == 2)
    #expect(shown["results"]?.integer == 1)
    #expect(shown["dossier"]?["TrangThaiHoSo"]?.string == "10")
  }

  @Test("Progress is added in order, and an entry that comes twice is kept twice and noticed")
  func progress() throws {
    let caller = PortalCaller()
    _ = try caller.synchronise(SampleDossier().json)
    let entries = [
      SampleDossier.progress(status: "2"), SampleDossier.progress(at: "20261120100000", status: "4"),
      SampleDossier.progress(status: "2"),
    ]
    let reply = try caller.call("CapNhatTienDoHoSoMC", #", "data": [\#(entries.joined(separator: ","))]"#)
    #expect(reply.code == #""0""#)
    #expect(reply.message.contains("thành công"))
    let shown = try #require(try caller.show("dossiers/H99.30-261120-0001")["progress"])
    #expect(shown.elements.map { $0["status"]?.string } == ["2", "4", "2"])
    #expect(caller.eventNames.suffix(4) == [.progressAdded, .progressAdded, .progressRepeated, .serviceAnswered])
  }

  @Test("A dossier that is finished without a result is taken, and noticed as an anomaly")
  func anomaly() throws {
    let caller = PortalCaller()
    let finished = SampleDossier().with("TrangThaiHoSo", #""9""#).with("NgayKetThucXuLy", #""20261121150000""#)
    #expect(try caller.synchronise(finished.json).code == #""0""#)
    #expect(caller.eventNames.contains(.anomalyNoticed))
  }

  @Test("Everything received is kept byte for byte, in order, with what was made of it")
  func received() throws {
    let caller = PortalCaller()
    _ = try caller.synchronise(SampleDossier().json)
    _ = try caller.synchronise(SampleDossier().json)
    _ = try caller.synchronise("{}")
    let messages = caller.portal.journal.messages
    #expect(messages.map(\.outcome) == [.accepted, .alreadyThere, .refused])
    #expect(messages.allSatisfy { $0.subject == "DongBoHoSoMC" })
    #expect(String(decoding: messages[0].body, as: UTF8.self).contains(SampleDossier().json))
  }

  @Test("No event of the portal holds anything of a citizen")
  func eventsWithoutPeople() throws {
    let caller = PortalCaller()
    _ = try caller.synchronise(SampleDossier().json)
    _ = try caller.synchronise(SampleDossier().with("KenhThucHien", #""Người Thử Nghiệm""#).json)
    _ = try caller.synchronise(SampleDossier().with("MaHoSo", #""Người Thử Nghiệm""#).json, isUpdating: "True")
    let line = EventLine(speaker: "portal", style: TerminalStyle(isPainted: false))
    for event in caller.portal.journal.events {
      let text = line.text(of: event)
      #expect(!text.contains("Người") && !text.contains("001090000017"), "\(text)")
      #expect(!text.contains("\u{1B}"))
    }
  }
}
