import CryptographyKit
import DossierModel
import DossierStore
import JSONKit
import ServiceKit
import Testing

@testable import HTTPKit
@testable import Reception

@Suite("The VXP door")
struct VXPFrontDoorTests {
  private let rig: VXPRig
  init() throws { rig = try VXPRig() }

  @Test("every operation is answered in the tongue, and without a signature every one is refused")
  func operations() throws {
    for operation in VXPOperation.allCases {
      let signed = try rig.call(operation.rawValue)
      let unsigned = try rig.answer(
        HTTPRequest(method: operation.method, target: "/vxp/\(operation)", path: ["vxp", operation.rawValue]))
      if operation == .downloadEdoc {
        #expect(signed.body.isEmpty && signed.status == 404 && unsigned.body.isEmpty && unsigned.status == 403)
        continue
      }
      #expect(try signed.status == 200 && rig.json(signed)["status"]?.string != nil, "\(operation)")
      let refused = try rig.json(unsigned)
      #expect(unsigned.status == 200 && refused["status"]?.string == "FAIL" && refused["ErrorCode"]?.string == "15")
      #expect((refused["DocId"]?.string == "") == (operation == .sendEdoc))
    }
    #expect(try rig.code(rig.call("registerAgency", body: Array("{}".utf8))) == "1")
    #expect(try rig.code(rig.call("deleteAgency", [("AgencyCode", "H99.30")])) == "1")
  }

  @Test("an unknown operation, another method and a doubled slash are met in the tongue too")
  func addresses() throws {
    func ask(_ method: HTTPMethod, _ path: [String]) throws -> HTTPResponse {
      try rig.answer(
        HTTPRequest(method: method, target: "/x", path: path, headers: VXPRig.signed([("systemid", "H99.20")])))
    }
    #expect(try rig.json(ask(.post, ["vxp", "sendedoc"]))["DocId"]?.string == "")
    #expect(try rig.code(ask(.post, ["vxp", "sendEdoc", "x"])) == "1" && rig.code(ask(.post, ["vxp"])) == "1")
    #expect(try rig.code(ask(.get, ["vxp", "countReceiveEdoc"])) == "1")
    #expect(try rig.code(ask(.post, ["vxp", "", "countReceiveEdoc"])) == "0")
  }

  @Test("a document reaches every system of the agency that is named, and of no other")
  func receivers() throws {
    let answer = try rig.json(rig.send(VXPRig.document(to: ["H99.30"])))
    let id = try #require(answer["DocId"]?.string.flatMap { VXPDocumentID($0) })
    guard case .sent(let message) = id else {
      Issue.record("the id is that of a receiver")
      return
    }
    #expect(try rig.store.message(message)?.deliveries.map(\.destination) == ["so", "so-hai"])
    // Named beside the document, in each form that the client may send; without a name the routes decide.
    for (index, to) in [#"["H99.30"]"#, #""H99.30""#].enumerated() {
      #expect(try rig.code(rig.send(VXPRig.document("H99.20-3\(index)", to: []), to: to)) == "0")
    }
    for (index, to) in ["[]", "null", ""].enumerated() {
      let sent = try rig.json(rig.send(VXPRig.document("H99.20-4\(index)", to: []), to: to))
      let id = try #require(sent["DocId"]?.string.flatMap { MessageID($0) })
      #expect(try rig.store.message(id)?.deliveries.map(\.destination) == ["cong"], "\(to)")
    }
    for to in ["H99.30", "{}", "[1]", "1", #"["H99.30","H99.77"]"#, #"["H99.30.1"]"#] {
      #expect(try rig.code(rig.send(VXPRig.document(to: []), to: to)) == "18", "\(to)")
    }
    #expect(try rig.code(rig.send(VXPRig.document(to: ["H99.30"]), to: #"["H99.20"]"#)) == "18", "left over")
  }

  @Test("a status message goes to whom it answers, whatever is left over in to")
  func status() throws {
    let file = VXPRig.document(from: "H99.30", to: ["H99.20.5"], status: true)
    #expect(try rig.code(rig.send(file, as: "H99.30", from: "H99.30", to: #"["H99.30"]"#, kind: "status")) == "0")
    let list = try rig.json(rig.call("getReceivedEdocList", [("messagetype", "status")]))
    #expect(list["data"]?.count == 1 && list["data"]?[0]?["from"]?.string == "H99.30")
    for to in ["H77", ""] {
      let wrong = VXPRig.document("H99.20-2", from: "H99.30", to: [to], status: true)
      #expect(try rig.code(rig.send(wrong, as: "H99.30", from: "H99.30", kind: "status")) == "18")
    }
    #expect(try rig.code(rig.send(VXPRig.document(), kind: "status")) == "18", "it answers nobody")
  }

  @Test("nobody sends in another's name; a system sends for the units below its agency")
  func senders() throws {
    #expect(try rig.code(rig.send(VXPRig.document(), as: "HT.MOT-CUA", from: "HT.MOT-CUA")) == "0")
    #expect(try rig.code(rig.send(VXPRig.document("H99.20-2", from: "H99.20.7"))) == "0")
    #expect(try rig.code(rig.send(VXPRig.document(), from: "H99.30")) == "19")
    #expect(try rig.code(rig.send(VXPRig.document(from: "H99.200"))) == "19")
    #expect(try rig.code(rig.send(VXPRig.document(from: "H99.30"))) == "19")
    let refused = try rig.json(rig.send(VXPRig.document(from: "H99")))
    #expect(refused["ErrorDesc"]?.string?.hasPrefix("Don vi gui trong van ban khong dung voi ma da dang ky") == true)
  }

  @Test(
    "the same sender, file, kind and receivers are one message in whatever order they are named; another is another")
  func identity() throws {
    func id(_ response: HTTPResponse) throws -> String { try #require(try rig.json(response)["DocId"]?.string) }
    let file = VXPRig.document(to: [])
    let first = try id(rig.send(file, to: #"["H99.30","H99.20"]"#))
    #expect(try id(rig.send(file, to: #"["H99.20","H99.30","H99.30"]"#)) == first)
    #expect(try id(rig.send(file, to: #"["H99.20","H99.30"]"#, hash: Hexadecimal.encode(SHA256.hash(file)))) == first)
    #expect(try id(rig.send(file, to: #"["H99.30"]"#)) != first)
    #expect(try id(rig.send(file, to: #"["H99.20","H99.30"]"#, kind: "update")) != first)
    // A status that comes again between others is still the same: its bytes say when it was.
    let status = VXPRig.document(to: ["H99.30"], status: true)
    let told = try id(rig.send(status, kind: "status"))
    _ = try id(rig.send(VXPRig.document("H99.20-1", to: ["H99.30.9"], status: true), kind: "status"))
    #expect(try id(rig.send(status, kind: "status")) == told)
  }

  @Test("a body that does not fit its hash is refused before it is read")
  func hash() throws {
    #expect(try rig.code(rig.send(VXPRig.document(), hash: "00")) == "10")
    #expect(try rig.code(rig.send(Array("<".utf8))) == "10")
    let refused = try rig.json(rig.send(Array("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>".utf8)))
    #expect(refused["ErrorCode"]?.string == "10" && refused["DocId"]?.string == "")
  }

  @Test("a document of the largest size is taken, and one byte more is not")
  func limit() throws {
    let file = VXPRig.document()
    #expect(try rig.code(VXPRig(documentLimit: file.count).send(file)) == "0")
    #expect(try rig.code(VXPRig(documentLimit: file.count - 1).send(file)) == "10")
  }

  @Test(
    "what the server does not keep by itself is gathered for whoever may send it, up to the limit, and else listened to"
  )
  func largeBodies() throws {
    let kept = HTTPServerLimits.standard.bodyBytes
    func way(_ length: Int?, _ headers: HTTPHeaders, to operation: String = "sendEdoc") -> String {
      let head = HTTPRequest(
        method: .post, target: "/vxp/\(operation)", path: ["vxp", operation], headers: headers)
      switch rig.door.reception(of: head, length: length) {
      case .memory: return "memory"
      case .refuse: return "refused"
      case .stream(let sink, _): return sink is VXPLargeBody ? "gathered" : "listened to"
      }
    }
    let known = VXPRig.signed([("systemid", "H99.20")])
    let limit = VXPFrontDoor.standardDocumentLimit + 2
    #expect(way(nil, known) == "memory" && way(kept, known) == "memory" && way(kept + 1, known) == "gathered")
    #expect(way(limit, known) == "gathered" && way(limit + 1, known) == "listened to")
    #expect(way(kept + 1, [:]) == "listened to" && way(kept + 1, known, to: "registerAgency") == "memory")
  }

  @Test("what a receiver fetches stays until it says done; then it can be fetched again and is listed no more")
  func fetching() throws {
    let id = try rig.received(by: "H99.30")
    func list() throws -> JSONValue {
      try rig.json(rig.call("getReceivedEdocList", as: "H99.30", [("messagetype", "edoc")]))
    }
    #expect(try list()["data"]?[0]?["status"]?.string == "inbox")
    #expect(
      try rig.code(rig.call("updateStatus", as: "H99.30", [("docid", id), ("status", "done")])) == "1", "not fetched")
    let fetched = try rig.json(rig.call("getEdoc", as: "H99.30", [("docId", id)]))
    #expect(try fetched["data"]?.string.map { try Base64.decode($0) } == VXPRig.document())
    let download = try rig.call("downloadEdoc", as: "H99.30", [("docId", id)])
    #expect(download.status == 200 && download.body == VXPRig.document())
    #expect(try list()["data"]?[0]?["status"]?.string == "processing")
    for status in ["inbox", "processing", "fail"] {
      #expect(try rig.code(rig.call("updateStatus", as: "H99.30", [("docId", id), ("status", status)])) == "0")
      #expect(try list()["data"]?.count == 1, "\(status)")
    }
    for _ in 1...2 {
      #expect(try rig.code(rig.call("updateStatus", as: "H99.30", [("docId", id), ("status", "done")])) == "0")
      #expect(try list()["data"]?.count == 0)
    }
    #expect(try rig.code(rig.call("updateStatus", as: "H99.30", [("docId", id), ("status", "rejection")])) == "1")
    #expect(try rig.code(rig.call("getEdoc", as: "H99.30", [("docId", id)])) == "0")
  }

  @Test("what a receiver rejects leaves its list, and its sender sees it")
  func rejected() throws {
    let id = try rig.received(by: "H99.30")
    _ = try rig.call("getEdoc", as: "H99.30", [("docId", id)])
    #expect(try rig.code(rig.call("updateStatus", as: "H99.30", [("docId", id), ("status", "rejection")])) == "0")
    #expect(try rig.json(rig.call("countReceiveEdoc", as: "H99.30"))["count"]?.integer == 0)
    let sent = try rig.json(rig.call("getSentEdocList", [("messagetype", "edoc")]))
    #expect(sent["data"]?[0]?["receiveStatus"]?.string == "rejection")
    #expect(sent["data"]?[1]?["receiveStatus"]?.string == "inbox", "the agency's other system has it still")
  }

  @Test("nobody fetches or answers what is another's, nor business codes in place of the transport's")
  func foreign() throws {
    let id = try rig.received(by: "H99.30")
    for system in ["H99.20", "HT.MOT-CUA"] {
      #expect(try rig.code(rig.call("getEdoc", as: system, [("docId", id)])) == "1")
      #expect(try rig.call("downloadEdoc", as: system, [("docId", id)]).body.isEmpty)
      #expect(try rig.code(rig.call("updateStatus", as: system, [("docid", id), ("status", "done")])) == "1")
    }
    let other = MessageID(UUIDv7Generator().next())
    let number = try #require(id.split(separator: ".").last)
    #expect(try rig.code(rig.call("getEdoc", as: "H99.30", [("docId", "\(other).\(number)")])) == "1")
    for status in ["03", "", "Done!"] {
      #expect(try rig.code(rig.call("updateStatus", as: "H99.30", [("docid", id), ("status", status)])) == "1")
    }
    let list = try rig.json(rig.call("getReceivedEdocList", as: "H99.30"))
    #expect(list["data"]?[0]?["status"]?.string == "inbox", "none of that was a fetch")
  }

  @Test("docid goes before docId where both are signed; getEdoc reads docId alone")
  func spellings() throws {
    let id = try rig.received(by: "H99.30")
    #expect(try rig.code(rig.call("getEdoc", as: "H99.30", [("docid", "x"), ("docId", id)])) == "0")
    let both = [("docId", "x"), ("docid", id), ("status", "done")]
    let answer = try rig.call("updateStatus", as: "H99.30", both) {
      $0["XroadVnpt-docId"] = id
    }
    #expect(try rig.code(answer) == "0")
  }

  @Test("lists go by day and page, from whichever number a program counts")
  func pages() throws {
    rig.time.advance(by: .seconds(1_790_000_000))
    for number in 1...3 {
      #expect(try rig.code(rig.send(VXPRig.document("H99.20-\(number)"))) == "0")
      rig.time.advance(by: .seconds(86_400))
    }
    func ids(_ operation: String, _ system: String, _ parameters: [(String, String)]) throws -> [String] {
      let data = try #require(
        try rig.json(rig.call(operation, as: system, [("messagetype", "edoc")] + parameters))["data"])
      return data.elements.compactMap { ($0["docId"] ?? $0["receiverDocId"])?.string }
    }
    let all = try ids("getReceivedEdocList", "H99.30", [])
    #expect(all.count == 3)
    for index in ["0", "1"] {
      #expect(
        try ids("getReceivedEdocList", "H99.30", [("pageSize", "2"), ("pageIndex", index)]) == Array(all.prefix(2)))
    }
    #expect(try ids("getReceivedEdocList", "H99.30", [("pageSize", "2"), ("pageIndex", "2")]) == Array(all.suffix(1)))
    let day = VXPDates.text(rig.time.now() - .seconds(2 * 86_400)).prefix(10)
    #expect(try ids("getReceivedEdocList", "H99.30", [("fromDate", "\(day)"), ("toDate", "\(day)")]) == [all[1]])
    #expect(try ids("getSentEdocList", "H99.20", []).count == 6, "two systems of the agency each")
    let second = try ids("getSentEdocList", "H99.20", [("pageSize", "1"), ("pageIndex", "2")])
    #expect(second.contains(all[1]) && second.count == 2)
    #expect(try ids("getSentEdocList", "H99.20", [("pageSize", "1"), ("pageIndex", "4")]).isEmpty)
    for wrong in [("fromDate", "x"), ("pageSize", "0"), ("pageSize", "1.5"), ("pageIndex", "-1")] {
      #expect(try rig.code(rig.call("getReceivedEdocList", as: "H99.30", [wrong])) == "1", "\(wrong)")
    }
    rig.time.advance(by: VXPFrontDoor.sentPeriod)
    #expect(try ids("getSentEdocList", "H99.20", []).isEmpty, "older ones are asked for by fromDate")
    #expect(try ids("getSentEdocList", "H99.20", [("fromDate", "2026/01/01")]).count == 6)
  }

  @Test("a sent list is the sender's own, and a docId in it is one of its own")
  func sentByID() throws {
    let sent = try rig.json(rig.send(VXPRig.document()))
    let id = try #require(sent["DocId"]?.string)
    #expect(try rig.code(rig.send(VXPRig.document("H99.20-2"))) == "0")
    func count(_ system: String, _ docID: String) throws -> Int? {
      try rig.json(rig.call("getSentEdocList", as: system, [("docId", docID)]))["data"]?.count
    }
    #expect(try count("H99.20", id) == 2 && count("H99.30", id) == 0)
    #expect(try count("H99.20", "\(id).1") == 4, "one left over from getEdoc asks for nothing")
  }

  @Test("while nothing can be stored a sender hears so with 503, in the tongue, and comes again")
  func unavailable() throws {
    rig.gate.isOpen = false
    let answer = try rig.send(VXPRig.document())
    #expect(answer.status == 503 && answer.headers["Retry-After"] != nil)
    #expect(try rig.json(answer)["ErrorCode"]?.string == "20" && rig.json(answer)["DocId"]?.string == "")
    let id = "\(MessageID(UUIDv7Generator().next())).1"
    rig.store.close()
    let fetch = try rig.call("downloadEdoc", as: "H99.30", [("docId", id)])
    #expect(fetch.body.isEmpty)
  }

  @Test("what the server refuses below the door's path is told in the tongue", arguments: HTTPRefusal.allCases)
  func serverRefusals(refusal: HTTPRefusal) throws {
    let sending = rig.door.answer(to: refusal, of: "/vxp/sendEdoc")
    #expect(try rig.json(sending)["DocId"]?.string == "" && sending.status == refusal.problem.status)
    #expect(try rig.json(rig.door.answer(to: refusal, of: "/vxp/khong?x"))["status"]?.string == "FAIL")
    #expect(rig.door.answer(to: refusal, of: "/vxp/downloadEdoc").body.isEmpty)
    #expect((300...399).contains(sending.status) == false)
  }
}
