import DossierModel
import DossierStore
import HTTPKit
import JSONKit
import Reception
import Testing

@Suite("The generation-A door: dossiers and progress")
struct DVCQGMessageTests {
  private let rig: ReceptionRig
  private let session: String

  init() throws {
    rig = try ReceptionRig()
    session = try rig.session()
  }

  private func synchronise(_ data: String, isUpdating: String? = #""False""#) throws -> HTTPResponse {
    let updating = isUpdating.map { #""isUpdating":\#($0),"# } ?? ""
    return try rig.call(
      "{\"session\":\"\(session)\",\"madonvi\":\"H99\",\"service\":\"DongBoHoSoMC\",\(updating)\n\"data\":\(data)}")
  }

  private func dossiers(_ codes: [String], more: String = "") -> String {
    "[" + codes.map { #"{"MaHoSo":"\#($0)","MaTTHC":"1"\#(more)}"# }.joined(separator: ",") + "]"
  }

  private func code(_ response: HTTPResponse) throws -> Int? { try rig.json(response)["error_code"]?.integer }
  private func message(_ response: HTTPResponse) throws -> String { try rig.json(response)["message"]?.string ?? "" }

  @Test("all elements of a call are taken in one commit, each as its own message with its own bytes")
  func taken() throws {
    let answer = try synchronise(dossiers(["H1", "H2"]))
    #expect(try answer.status == 200 && code(answer) == 0)
    let receipts = try #require(try rig.json(answer)["result"]).elements.map { $0 }
    #expect(receipts.map { $0["dossier"]?.string } == ["H1", "H2"])
    let id = try #require(receipts[1]["id"]?.string.flatMap { MessageID($0) })
    #expect(try rig.store.body(of: id) == Array(#"{"MaHoSo":"H2","MaTTHC":"1"}"#.utf8))
    #expect(try rig.store.message(id)?.envelope.sender == "mot-cua-a")
  }

  @Test("one element that is wrong keeps the others out as well")
  func allOrNone() throws {
    let data = #"[{"MaHoSo":"H1","MaTTHC":"1"},{"MaHoSo":"H2","MaTTHC":"1","Sai":"x"}]"#
    #expect(try code(synchronise(data)) == -1)
    #expect(try rig.store.latestMessage(of: "H1", from: "mot-cua-a") == nil)
  }

  @Test("a refusal names field, place and rule in both languages, in its text and in its list")
  func refusalText() throws {
    let answer = try synchronise(#"[{"MaHoSo":"H1","MaTTHC":"1","Sai":"Bí Mật"}]"#)
    let text = try message(answer)
    for part in [
      "/Sai", "dòng 2, cột", "line 2, column", "[\(ScriptedLine.rule)]", "không được có trường này",
      "this member must not be there", FaultCode.invalid.titleVietnamese, FaultCode.invalid.titleEnglish,
    ] {
      #expect(text.contains(part), "\(part) is missing in: \(text)")
    }
    #expect(!text.contains("Bí Mật"))
    let finding = try #require(try rig.json(answer)["errors"]?.elements.first { _ in true })
    #expect(finding["path"]?.string == "/Sai" && finding["rule"]?.string == ScriptedLine.rule)
    #expect(finding["line"]?.integer == 2)
    #expect(try rig.refusals() == ["mot-cua-a: invalid; /Sai \(ScriptedLine.rule)"])
  }

  @Test(
    "isUpdating is the text True or False and nothing else",
    arguments: [nil, "true", "false", #""true""#, #""""#, "0", "null"])
  func isUpdating(value: String?) throws {
    let answer = try synchronise(dossiers(["H1"]), isUpdating: value)
    #expect(try code(answer) == -1)
    #expect(try message(answer).contains("/isUpdating"))
    #expect(try rig.store.latestMessage(of: "H1", from: "mot-cua-a") == nil)
  }

  @Test("a dossier created twice with the same bytes is the same message; with other bytes it exists already")
  func alreadyThere() throws {
    let first = try synchronise(dossiers(["H1"]))
    let again = try synchronise(dossiers(["H1"]))
    #expect(try code(again) == 0 && first.body == again.body)
    let other = try synchronise(dossiers(["H1"], more: #","TrangThaiHoSo":"4""#))
    #expect(try other.status == 200 && code(other) == 3)
    #expect(try message(other).contains("đã tồn tại"))
    #expect(try code(synchronise(dossiers(["H1"], more: #","TrangThaiHoSo":"4""#), isUpdating: #""True""#)) == 0)
  }

  @Test("a dossier that stands twice in one creating call is refused and named; in an updating call it may")
  func twiceInOneCall() throws {
    for data in [dossiers(["H1", "H2", "H1"]), "[\(dossiers(["H1"]).dropFirst().dropLast()),{\"MaHoSo\":\"H1\"}]"] {
      let answer = try synchronise(data)
      #expect(try answer.status == 200 && code(answer) == -1)
      #expect(try message(answer).contains("/MaHoSo"))
      #expect(try rig.store.latestMessage(of: "H1", from: "mot-cua-a") == nil)
    }
    #expect(try code(synchronise(dossiers(["H1", "H2", "H1"]), isUpdating: #""True""#)) == 0)
  }

  @Test("a call has 1 to 1000 elements")
  func limits() throws {
    let codes = (1...DVCQGFrontDoor.dataLimit).map { "H\($0)" }
    let full = try synchronise(dossiers(codes))
    #expect(try code(full) == 0)
    #expect(try rig.json(full)["result"]?.count == DVCQGFrontDoor.dataLimit)
    for data in [dossiers(codes.map { $0 + "x" } + ["one-more"]), "[]", "{}", "null", #""x""#] {
      let answer = try synchronise(data)
      #expect(try code(answer) == -1)
      #expect(try message(answer).contains("/data"))
    }
    #expect(try rig.store.latestMessage(of: "H1x", from: "mot-cua-a") == nil)
  }

  @Test("a call without data is refused and told what is missing")
  func noData() throws {
    let answer = try rig.call(#"{"session":"\#(session)","service":"DongBoHoSoMC","isUpdating":"True"}"#)
    #expect(try code(answer) == -1 && message(answer).contains("/data"))
  }

  @Test("a history told again and again is each of its steps once, also where a step stands twice in one call")
  func history() throws {
    func tell(_ moments: [String]) throws -> [String?] {
      let steps = moments.map { #"{"MaHoSo":"H1","ThoiDiemXuLy":"\#($0)"}"# }.joined(separator: ",")
      let answer = try rig.call(
        #"{"session":"\#(session)","service":"CapNhatTienDoHoSoMC","data":[\#(steps)]}"#)
      #expect(try code(answer) == 0)
      return try #require(try rig.json(answer)["result"]).elements.map { $0["id"]?.string }
    }
    let first = try tell(["1", "2"])
    let second = try tell(["1", "2", "3", "3"])
    #expect(Array(second.prefix(2)) == first && second.count == 3 && Set(second).count == 3)
    #expect(try tell(["2", "1", "3"]) == [second[1], second[0], second[2]])
    #expect(try rig.store.timeline(of: "H1", visibleTo: nil)?.messages.count == 3)
  }

  @Test("progress is taken, and equal progress that comes again at once is the same message")
  func progress() throws {
    let call = #"{"session":"\#(session)","service":"CapNhatTienDoHoSoMC","data":[{"MaHoSo":"H1","ThoiDiemXuLy":"2"}]}"#
    let first = try rig.call(call)
    #expect(try code(first) == 0)
    #expect(try rig.call(call).body == first.body)
    let latest = try rig.store.latestMessage(of: "H1", from: "mot-cua-a")
    #expect(latest?.envelope.type == "dvcqg-a/tien-do")
  }

  @Test("TraCuuHoSo tells the state of this sender's own dossier, and nothing of others")
  func lookUp() throws {
    _ = try synchronise(dossiers(["H1"], more: #","TrangThaiHoSo":"4","ChuHoSo":"Bí Mật""#))
    _ = try rig.post(#"{"MaHoSo":"H2"}"#)
    func find(_ code: String) throws -> HTTPResponse {
      try rig.call(#"{"session":"\#(session)","service":"TraCuuHoSo","mahoso":\#(code)}"#)
    }
    let found = try find(#""H1""#)
    #expect(try code(found) == 0)
    let dossier = try #require(try rig.json(found)["result"]?.elements.first { _ in true })
    #expect(dossier["MaHoSo"]?.string == "H1" && dossier["MaTTHC"]?.string == "1")
    #expect(dossier["TrangThaiHoSo"]?.string == "4")
    #expect(!String(decoding: found.body, as: UTF8.self).contains("Bí Mật"))
    for other in [#""H2""#, #""H3""#] {
      let answer = try find(other)
      #expect(try code(answer) == 0)
      #expect(try rig.json(answer)["result"]?.count == 0)
    }
    for wrong in [#""""#, "null", "1"] { #expect(try code(find(wrong)) == -1) }
  }

  @Test("what the store cannot take is 503, never 2xx, so that every client sends it again")
  func storeFails() throws {
    rig.store.close()
    let answer = try synchronise(dossiers(["H1"]))
    #expect(try answer.status == 503 && code(answer) == -1)
    #expect(answer.headers["Retry-After"] != nil)
  }
}
