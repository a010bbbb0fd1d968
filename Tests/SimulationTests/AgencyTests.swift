import CryptographyKit
import HTTPKit
import JSONKit
import ServiceKit
import Simulation
import Testing

@Suite("What the simulated agency takes and refuses")
struct AgencyTests {
  @Test("A document and a step of its dossier are accepted with status 200, and shown by codes and counts")
  func accepted() throws {
    let caller = try AgencyCaller()
    defer { caller.agency.stop() }
    #expect(try caller.synchronise(SampleLGSP.document).status == 200)
    #expect(try caller.report(SampleLGSP.traces).status == 200)
    let response = try #require(
      caller.agency.show(["dossiers", "H99.14-261120-0001"], HTTPRequest(method: .get, target: "", path: [])))
    let shown = try JSONDocument(parsing: response.body).root
    #expect(shown["procedure"]?.string == "1.009994")
    #expect(shown["documents"]?.integer == 1)
    #expect(shown["traces"]?.integer == 1)
    #expect(!String(decoding: response.body, as: UTF8.self).contains("Người"))
    #expect(caller.agency.journal.messages.map(\.outcome) == [.accepted, .accepted])
  }

  @Test("The same delivery again is answered as before and counted once; another one of the dossier replaces it")
  func repeated() throws {
    let caller = try AgencyCaller()
    defer { caller.agency.stop() }
    for key in ["a", "a", "b"] { #expect(try caller.synchronise(SampleLGSP.document, key: key).status == 200) }
    #expect(caller.agency.journal.messages.map(\.outcome) == [.accepted, .alreadyThere, .accepted])
    #expect(caller.agency.journal.events.map(\.name) == [.documentAccepted, .documentRepeated, .documentAccepted])
  }

  @Test("A delivery that was refused may come again with the same key once it is right")
  func refusedThenRight() throws {
    let caller = try AgencyCaller()
    defer { caller.agency.stop() }
    #expect(try caller.report(SampleLGSP.traces).status == 400)
    #expect(try caller.synchronise("<MSyncDocument/>", key: "a").status == 400)
    #expect(try caller.synchronise(SampleLGSP.document, key: "a").message == "Thành công")
  }

  @Test("Nobody without a right is let in: no key, a wrong key, a wrong token")
  func callers() throws {
    let caller = try AgencyCaller()
    defer { caller.agency.stop() }
    for headers in [[:], ["X-Api-Key": "other"], ["Authorization": "Bearer other"]] as [HTTPHeaders] {
      #expect(caller.post("Document/SyncDocument", SampleLGSP.document, headers: headers).status == 401)
    }
    #expect(caller.post("Document/Other", SampleLGSP.document).status == 404)
    #expect(caller.agency.journal.messages.isEmpty)
  }

  @Test("A token is given for the client's credentials, in the form or in the header, and ends with its life")
  func token() throws {
    let caller = try AgencyCaller {
      $0.client = (id: "lienthong", secret: "bí mật+1")
      $0.tokenLife = .seconds(60)
    }
    defer { caller.agency.stop() }
    let secret = "b%C3%AD%20m%E1%BA%ADt%2B1"
    let forms: [(String, HTTPHeaders)] = [
      ("grant_type=client_credentials&client_id=lienthong&client_secret=\(secret)", [:]),
      (
        "grant_type=client_credentials",
        ["Authorization": "Basic \(Base64.encode(Array("lienthong:bí mật+1".utf8)))"]
      ),
    ]
    for (form, headers) in forms {
      let answer = caller.post(
        "token", form, contentType: "application/x-www-form-urlencoded", headers: headers)
      let token = try #require(try JSONDocument(parsing: answer.body).root["access_token"]?.string)
      let bearer: HTTPHeaders = ["Authorization": "Bearer \(token)"]
      #expect(caller.post("Document/SyncDocument", SampleLGSP.document, headers: bearer).status == 200)
      caller.time.advance(by: .seconds(60))
      #expect(caller.post("Document/SyncDocument", SampleLGSP.document, headers: bearer).status == 401)
    }
    for wrong in [
      "grant_type=client_credentials&client_id=lienthong&client_secret=x",
      "grant_type=password&client_id=lienthong&client_secret=\(secret)", "",
    ] {
      #expect(caller.post("token", wrong, headers: [:]).status == 401, "\(wrong)")
    }
  }

  @Test("What is no XML, has another root, or comes as something else is refused in the agency's tongue")
  func form() throws {
    let caller = try AgencyCaller()
    defer { caller.agency.stop() }
    #expect(try caller.synchronise("<MSyncDocument>").message.contains("XML"))
    #expect(try caller.synchronise("<!DOCTYPE a><MSyncDocument/>").message.contains("XML"))
    #expect(try caller.synchronise(SampleLGSP.traces).message.contains("MSyncDocument"))
    let json = caller.post("Document/SyncDocument", SampleLGSP.document, contentType: "application/json")
    #expect(try AgencyCaller.result(json).message.contains("Content-Type"))
  }

  @Test(
    "An element that breaks a rule is named with its place, and its value is not repeated",
    arguments: [
      ("<DocCode>H99.14-261120-0001</DocCode>", "", "/DocCode là bắt buộc"),
      (
        "<CitizenName>Người Thử Nghiệm</CitizenName>", "<CitizenName> </CitizenName>",
        "/CitizenName không được để trống"
      ),
      ("<ApplicantsType>1</ApplicantsType>", "<ApplicantsType>Người</ApplicantsType>", "/ApplicantsType không phải"),
      ("2026-11-20T08:30:00+07:00", "20261120083000", "/DateReceived định dạng"),
      ("2026-11-20T08:30:00+07:00", "0000-00-00T00:00:00.000+0700", "/DateReceived định dạng"),
      ("<IsReturned>false", "<IsReturned>False", "/IsReturned chỉ nhận"),
      ("<Status>2</Status>", "<Status>2</Status><Status>2</Status>", "/Status[2] không được phép"),
      ("<Status>2</Status>", "<Moi>2</Moi><Status>2</Status>", "/Moi không được phép"),
      ("<AttachmentName>don.pdf</AttachmentName>", "", "/Attachments/AttachmentName là bắt buộc"),
      ("<IsVerified>", "<Base64>%%</Base64><IsVerified>", "/Attachments/Base64 không phải"),
      ("<MSyncDocument>", #"<MSyncDocument xmlns="urn:x">"#, "không gian tên"),
      ("<OrganInchargeName>Ủy ban nhân dân tỉnh (mẫu)</OrganInchargeName>", "", "/OrganInchargeName là bắt buộc"),
    ])
  func element(find: String, replace: String, sentence: String) throws {
    let caller = try AgencyCaller()
    defer { caller.agency.stop() }
    let document = SampleLGSP.document.split(separator: find, maxSplits: 1).joined(separator: replace)
    try #require(document != SampleLGSP.document)
    let (status, message) = try caller.synchronise(document)
    #expect(status == 400)
    #expect(message.contains(sentence), "\(message)")
    #expect(!message.contains("Người") && !message.contains("20261120083000"))
    #expect(caller.agency.journal.events.last?.name == .documentRefused)
  }

  @Test("The misspelling Attachmentld is read")
  func misspelling() throws {
    let caller = try AgencyCaller()
    defer { caller.agency.stop() }
    let document = SampleLGSP.document.split(separator: "AttachmentId").joined(separator: "Attachmentld")
    #expect(try caller.synchronise(document).status == 200)
  }

  @Test("A step of a dossier that is not there is refused")
  func unknownDossier() throws {
    let caller = try AgencyCaller()
    defer { caller.agency.stop() }
    let (status, message) = try caller.report(SampleLGSP.traces)
    #expect(status == 400)
    #expect(message.contains("không tồn tại"))
  }

  @Test("Refuse and duplicate speak the agency's tongue")
  func tongue() throws {
    let caller = try AgencyCaller()
    defer { caller.agency.stop() }
    let request = HTTPRequest(method: .post, target: "", path: [])
    #expect(try AgencyCaller.result(caller.agency.refusal(of: request)).status == 400)
    let repetition = try AgencyCaller.result(caller.agency.repetition(of: request))
    #expect(repetition.status == 409)
    #expect(repetition.message.contains("đã tồn tại"))
  }
}
