import CryptographyKit
import GatewayTesting
import HTTPKit
import Simulation
import Testing

/// The VXP door of the built daemon, met by a client that behaves as the vendor's does.
@Suite("Two agencies exchange edXML through the door of the built daemon", .serialized, .timeLimit(.minutes(5)))
struct EdXMLJourneyTests {
  private let site: TestSite
  private let daemon: DaemonProcess
  private let port: Int
  private let visitor: Visitor

  init() throws {
    site = TestSite()
    site.addEDXML()
    daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    port = try #require(daemon.waitUntilListening())
    visitor = try Visitor(port: port)
  }

  private func commune() -> VXPService { VXPVisitors.service(of: VXPVisitors.commune, port: port) }
  private func department() -> VXPService { VXPVisitors.service(of: VXPVisitors.department, port: port) }

  @Test("a dossier goes over, its receiver fetches and takes it, and the status comes back")
  func ordinaryDay() throws {
    let commune = commune()
    let department = department()
    let file = VXPDocuments.Attachment(name: "Đơn.pdf", type: "application/pdf", bytes: Array("%PDF-1.4".utf8))
    let document = VXPDocuments.document(
      VXPVisitors.dossier(attachments: [file]), from: VXPVisitors.commune, to: [VXPVisitors.department])
    let sent = try #require(commune.sendEdoc(document, from: "H99.20", to: ["H99.30"]))
    try #require(sent.isSuccess, "\(sent)")
    let docID = try #require(sent.docID)

    #expect(department.count(status: false)?.count == 1)
    let list = try #require(department.getReceivedEdocList()?.items)
    let item = try #require(list.first)
    #expect(list.count == 1 && item["from"] == "H99.20" && item["to"] == "H99.30")
    #expect(item["messageType"] == "edoc" && item["serviceType"] == "eDoc" && item["status"] == "inbox")
    let received = try #require(item["docId"])
    #expect(received.utf8.allSatisfy { "0123456789abcdef-.".utf8.contains($0) }, "it is a file's name")
    let fetched = try #require(department.getEdoc(received)?.file)
    let text = String(decoding: fetched, as: UTF8.self)
    #expect(text.contains("<CodeNumber>H99.20-261120-0001</CodeNumber>"))
    #expect(text.contains("1.004199/Cao Bá Thử/H99.20-261120-0001") && text.contains("JVBERi0xLjQ="))
    #expect(department.downloadEdoc(received).file == fetched, "both ways give the same bytes")
    #expect(department.updateStatus(received, "done")?.isSuccess == true)
    #expect(department.getReceivedEdocList()?.items == [])
    #expect(department.count(status: false)?.count == 0)

    let accepted = try #require(department.sendEdoc(VXPVisitors.status("03"), from: "H99.30", messageType: "status"))
    try #require(accepted.isSuccess, "\(accepted)")
    #expect(commune.getReceivedEdocList("edoc")?.items == [])
    let statuses = try #require(commune.getReceivedEdocList("status")?.items)
    #expect(statuses.count == 1 && statuses.first?["messageType"] == "status")
    #expect(commune.count(status: true)?.count == 1)
    let status = try #require(statuses.first?["docId"])
    let told = String(decoding: try #require(commune.getEdoc(status)?.file), as: UTF8.self)
    #expect(told.contains("<StatusCode>03</StatusCode>") && told.contains("<OrganId>H99.20</OrganId>"))
    #expect(commune.updateStatus(status, "done", spelling: "docId")?.isSuccess == true)

    let trace = try #require(commune.getSentEdocList("edoc")?.items)
    #expect(trace.map { $0["senderDocId"] } == [docID] && trace.first?["receiverDocId"] == received)
    #expect(trace.first?["toCode"] == "H99.30" && trace.first?["receiveStatus"] == "done")
  }

  @Test("sent again, on purpose or after a cut, it is one message with one id and one delivery")
  func repeated() throws {
    let commune = commune()
    let document = VXPVisitors.document()
    commune.cuts = [.beforeAnswer]
    let first = try #require(commune.sendEdoc(document, from: "H99.20", to: ["H99.30"])?.docID)
    #expect(!first.isEmpty && commune.sent.count == 2 && commune.sent[0] == commune.sent[1])
    #expect(commune.sendEdoc(document, from: "H99.20")?.docID == first, "the receivers are left over")
    #expect(self.commune().sendEdoc(document, from: "H99.20")?.docID == first, "they are those of the document")
    #expect(department().getReceivedEdocList()?.items?.count == 1)
    #expect(visitor.states(of: "H99.20-261120-0001", to: "so-noi-vu") == ["ready"])
    let other = try #require(commune.sendEdoc(VXPVisitors.document("H99.20-261120-0002"), from: "H99.20")?.docID)
    #expect(other != first)
  }

  @Test("what is refused says why, in ASCII, and a refused download has nothing in it")
  func refused() throws {
    let commune = commune()
    let wrong = VXPVisitors.service(of: VXPVisitors.commune, port: port, secret: "sai")
    #expect(wrong.sendEdoc(VXPVisitors.document(), from: "H99.20")?.code == "15")
    #expect(wrong.getReceivedEdocList()?.code == "15")
    #expect(wrong.downloadEdoc("x").code == "100")
    let nobody = try #require(commune.sendEdoc(VXPVisitors.document(), from: "H99.20", to: ["H99.30", "H99.99"]))
    #expect(nobody.status == "FAIL" && nobody.code == "18")
    let reply = try #require(commune.lastReply)
    #expect(reply.status == 200 && reply.body.allSatisfy { $0 < 0x80 }, "the client reads ASCII here")
    #expect(nobody.description?.contains("không có trong To của văn bản") == true, "\(nobody)")
    #expect(nobody.description?.contains("\u{FFFD}") == false)
    let unknown = VXPDocuments.document(
      VXPVisitors.dossier(), from: VXPVisitors.commune, to: [VXPDocuments.Organisation(code: "H99.99", name: "Khác")])
    let answer = try #require(commune.sendEdoc(unknown, from: "H99.20", to: ["H99.99"]))
    #expect(answer.code == "18" && answer.description?.contains("không tồn tại") == true, "\(answer)")
    #expect(commune.sendEdoc(VXPVisitors.document(), from: "H99.30", to: ["H99.30"])?.code == "19")
    #expect(commune.sendEdoc(Array("<edXML/>".utf8), from: "H99.20", to: ["H99.30"])?.code == "22")
    #expect(commune.sendEdoc(Array("<edXML".utf8), from: "H99.20", to: ["H99.30"])?.code == "10")
    let doctype = Array("<!DOCTYPE edXML [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><edXML>&a;</edXML>".utf8)
    #expect(commune.sendEdoc(doctype, from: "H99.20", to: ["H99.30"])?.code == "10")
    #expect(commune.getEdoc("khong-co")?.code == "1")
    #expect(commune.downloadEdoc("khong-co").code == "100")
    #expect(commune.updateStatus("khong-co", "done")?.code == "1")
    #expect(visitor.send(.get, "/v1/dossiers/H99.20-261120-0001", key: TestSite.operatorKey)?.status == 404)
  }

  @Test("every error below the path is answered in its tongue, also those of the server itself")
  func beforeTheDoor() throws {
    let client = commune()
    let unknown = try #require(VXPResultProbe(client.perform("POST", "khongCo", [])))
    #expect(unknown.status == "FAIL" && unknown.code == "1")
    let method = try #require(VXPResultProbe(client.perform("GET", "getReceivedEdocList", [])))
    #expect(method.status == "FAIL")
    let huge = commune()
    let large = try #require(
      VXPResultProbe(huge.perform("POST", "sendEdoc", [("to", String(repeating: "x", count: 40_000))])))
    #expect(large.status == "FAIL" && large.hasDocumentID)
    let empty = commune().perform("GET", "downloadEdoc", [("docId", String(repeating: "x", count: 40_000))])
    #expect(empty?.status == 431 && empty?.body == [])
  }

  @Test("a thousand receivers reach the door")
  func thousandReceivers() throws {
    let client = commune()
    let codes = (0..<1_000).map { "000.00.\($0 % 900 + 100).H99" }
    let answer = try #require(client.sendEdoc(VXPVisitors.document(), from: "H99.20", to: codes))
    let head = try #require(client.sent.first?.firstRange(of: Array("\r\n\r\n".utf8))?.lowerBound)
    #expect(head > 36_000, "the head has \(head) bytes")
    #expect(answer.code == "18", "\(answer)")
  }

  @Test("what expects 100 Continue gets it at once, and no answer is a redirect")
  func interim() throws {
    let client = commune()
    _ = client.count(status: false)
    #expect(client.gotInterimAnswer == true)
    #expect(client.lastReply?.status == 200)
    #expect(client.updateStatus("x", "done") != nil && client.gotInterimAnswer == true)
    #expect(client.getReceivedEdocList() != nil && client.gotInterimAnswer == nil, "an empty body expects nothing")
  }

  @Test("two built simulators play a whole exchange by themselves")
  func simulators() throws {
    let file = site.folder.path + "/van-ban.edxml"
    TestFiles.write(String(decoding: VXPVisitors.document(), as: UTF8.self), to: file)
    func run(_ agency: String, _ code: String, _ more: [String]) -> ProgramRun {
      ProgramRun(
        [TestFiles.program("lienthong-simulator"), "vxp", "--gateway", "127.0.0.1:\(port)", "--system", code]
          + ["--secret-file", "\(site.site)/secrets/\(agency)", "--rounds", "1"] + more)
    }
    let sender = run("xa-an-thu", "H99.20", ["--send", file, "--to", "H99.30"])
    #expect(sender.exitCode == 0, "\(sender.errorText)")
    let receiver = run("so-noi-vu", "H99.30", ["--status", "01", "--status", "03"])
    #expect(receiver.exitCode == 0 && receiver.errorText.contains("documentAccepted"), "\(receiver.errorText)")
    // The second status waits for the first; each look takes one.
    let first = run("xa-an-thu", "H99.20", [])
    #expect(first.errorText.contains("status=01") && !first.errorText.contains("status=03"), "\(first.errorText)")
    let second = run("xa-an-thu", "H99.20", [])
    #expect(second.errorText.contains("status=03"), "\(second.errorText)")
    #expect(visitor.states(of: "H99.20-261120-0001", to: "xa-an-thu") == ["delivered", "delivered"])
    #expect(run("so-noi-vu", "H99.20", ["--send", file]).exitCode == 1, "another's secret")
  }

  @Test("lists of agencies are those of the site, and a connection is closed after its answer")
  func agencies() throws {
    let client = commune()
    for operation in ["getAgenciesList", "getSynchronizeUnit"] {
      let items = try #require(client.agencies(operation)?.items, "\(operation)")
      #expect(items.compactMap { $0["code"] }.sorted() == ["H99.20", "H99.30"])
    }
    let units = try #require(client.agencies("getSynchronizeUnit")?.items?.first)
    #expect(units["isAgency"] == "true" && units["version"] == "0" && units["deleted"] == "false")
    let items = try #require(client.agencies("getAgenciesListQD20", level: "1")?.items)
    #expect(items.count == 2 && items.first?["code102"] == "")
    #expect(client.registerAgency(#"{"id":"H99.50","code":"H99.50","name":"Mới"}"#)?.status == "FAIL")
    #expect(client.deleteAgency("H99.30")?.status == "FAIL")
    #expect(client.lastReply?.headers["connection"]?.lowercased() == "close", "the client never closes one")
  }

  @Test("after a restart the same document is the same message, and what was fetched is still there")
  func restart() throws {
    let docID = try #require(commune().sendEdoc(VXPVisitors.document(), from: "H99.20", to: ["H99.30"])?.docID)
    let received = try #require(department().getReceivedEdocList()?.items?.first?["docId"])
    #expect(department().getEdoc(received)?.isSuccess == true)
    daemon.process.signal(9)
    _ = daemon.process.wait()
    let again = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log2")
    let port = try #require(again.waitUntilListening())
    let commune = VXPVisitors.service(of: VXPVisitors.commune, port: port)
    #expect(commune.sendEdoc(VXPVisitors.document(), from: "H99.20", to: ["H99.30"])?.docID == docID)
    let department = VXPVisitors.service(of: VXPVisitors.department, port: port)
    #expect(department.getReceivedEdocList()?.items?.map { $0["docId"] } == [received])
    #expect(department.updateStatus(received, "done")?.isSuccess == true)
  }

  @Test("leaves neither a citizen's data nor a secret nor a client's folder in the log")
  func logIsClean() throws {
    #expect(commune().sendEdoc(VXPVisitors.document(), from: "H99.20", to: ["H99.30"])?.isSuccess == true)
    let received = try #require(department().getReceivedEdocList()?.items?.first?["docId"])
    let client = department()
    #expect(client.getEdoc(received, filePath: "/home/can-bo-a")?.isSuccess == true)
    #expect(client.updateStatus(received, "fail")?.isSuccess == true)
    #expect(client.updateStatus("khac", "fail", spelling: "docId")?.isSuccess == true)
    _ = VXPVisitors.service(of: VXPVisitors.commune, port: port, secret: "sai-bi-mat").getReceivedEdocList()
    daemon.process.signal(15)
    #expect(daemon.process.wait() == .exited(0))
    let log = daemon.process.output
    #expect(log.contains("event=vxp-receiver-failed") && log.contains("event=vxp-two-document-ids"), "\(log)")
    for word in ["Cao Bá", "can-bo-a", "bi-mat", "H99.20-261120"] {
      #expect(!log.contains(word), "the log shows '\(word)'")
    }
  }

  @Test("a drawing of 20 MB goes over and arrives whole")
  func large() throws {
    let part = (0..<65_537).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    let drawing = Array(repeatElement(part, count: 320).joined())
    let file = VXPDocuments.Attachment(name: "Bản vẽ.pdf", type: "application/pdf", bytes: drawing)
    let document = VXPDocuments.document(
      VXPVisitors.dossier(attachments: [file]), from: VXPVisitors.commune, to: [VXPVisitors.department])
    #expect(document.count > 27_900_000)
    let sent = try #require(commune().sendEdoc(document, from: "H99.20", to: ["H99.30"]))
    try #require(sent.isSuccess, "\(sent)")
    let docID = try #require(department().getReceivedEdocList()?.items?.first?["docId"])
    let fetched = try #require(department().downloadEdoc(docID).file)
    let encoded = Array(Base64.encode(drawing).utf8)
    let start = try #require(fetched.firstRange(of: encoded.prefix(64))?.lowerBound)
    #expect(Array(fetched[start...].prefix(encoded.count)) == encoded, "the drawing is another")
    #expect(department().getEdoc(docID)?.file == fetched)
  }

  @Test("a document that is too large is refused with a reason and not cut; a stranger's is not even gathered")
  func tooLarge() throws {
    let client = commune()
    let huge = [UInt8](repeating: 0x20, count: 40 << 20)
    let refused = try #require(client.sendEdoc(huge, from: "H99.20"))
    #expect(refused.code == "10" && refused.docID == "" && client.sent.count == 1, "\(refused)")
    #expect(refused.description?.contains("33554432") == true)
    let stranger = VXPVisitors.service(of: VXPVisitors.commune, port: port, secret: "sai")
    #expect(stranger.sendEdoc(Array(huge.prefix(20 << 20)), from: "H99.20")?.code == "15")
    #expect(client.sendEdoc(Array(huge.prefix(20 << 20)), from: "H99.20")?.code == "10", "it is no XML")
  }

  @Test("what is left over from earlier calls decides nothing")
  func leftOvers() throws {
    let commune = commune()
    let department = department()
    #expect(commune.sendEdoc(VXPVisitors.document(), from: "H99.20", to: ["H99.30"])?.isSuccess == true)
    // One object sends, looks, fetches and answers: everything it ever said goes with every call.
    let sent = department.sendEdoc(VXPVisitors.status("01"), from: "H99.30", messageType: "status")
    #expect(sent?.isSuccess == true, "\(String(describing: sent))")
    let item = try #require(department.getReceivedEdocList()?.items?.first?["docId"])
    #expect(department.getEdoc(item)?.isSuccess == true)
    #expect(department.updateStatus("khac-han", "done", spelling: "docid")?.code == "1")
    // docid is left over now and goes before docId; a program that says both means the one it said first.
    #expect(department.updateStatus(item, "done", spelling: "docId")?.code == "1")
    #expect(department.updateStatus(item, "done", spelling: "docid")?.isSuccess == true)
    #expect(department.getSentEdocList("status")?.items?.count == 1, "a docId of a received document filters nothing")
    // On sendEdoc docId and docid are one field; both are signed.
    let again = department.sendEdoc(VXPVisitors.status("03"), from: "H99.30", messageType: "status")
    #expect(again?.isSuccess == true, "\(String(describing: again))")
    // The one before named H99.30 as its receiver; this document is for nobody else than its own To.
    let backwards = VXPDocuments.document(
      VXPVisitors.dossier("H99.20-261120-0009"), from: VXPVisitors.commune,
      to: [VXPDocuments.Organisation(code: "H99.40", name: "Khác")])
    #expect(commune.sendEdoc(backwards, from: "H99.20")?.code == "18")
  }
}

/// The members that every answer has to have.
struct VXPResultProbe {
  let status: String?
  let code: String?
  let hasDocumentID: Bool

  init?(_ reply: VXPReply?) {
    guard let reply else { return nil }
    let text = String(decoding: reply.body, as: UTF8.self)
    func member(_ name: String) -> String? {
      text.firstRange(of: "\"\(name)\":\"").map { String(text[$0.upperBound...].prefix { $0 != "\"" }) }
    }
    guard member("ErrorDesc") != nil else { return nil }
    status = member("status")
    code = member("ErrorCode")
    hasDocumentID = member("DocId") != nil
  }
}
