import DossierModel
import GatewayTesting
import Glibc
import HTTPKit
import JSONKit
import SFTPKit
import ServiceKit
import Testing
import ThreadKit

@testable import Delivery

/// Against OpenSSH's own server.
@Suite("What is asked of a folder", .timeLimit(.minutes(3)))
struct FolderDeskTests {
  private let server = TemporarySFTPServer()
  private let client: HTTPClient
  private let roads: PartnerRoads
  private let base: String

  init() throws {
    func secret(_ bytes: [UInt8]) -> Secret { bytes.withUnsafeBytes { Secret(copying: $0) } }
    let destination = try Destination(
      party: "so", profile: try ShippedProfile.read("sftp"), address: "sftp://127.0.0.1:\(server.port)\(server.inbox)",
      secrets: ["username": secret(Array(server.user.utf8)), "key": secret(server.key)],
      values: ["hostKeys": server.fingerprint])
    base = try #require(destination.folder?.base)
    client = try HTTPClient()
    roads = PartnerRoads(http: client, destinations: [destination])
    for folder in ["ra", "ra/xong"] { mkdir(server.inbox + "/" + folder, 0o700) }
  }

  private func ask(_ method: String, _ path: String, _ fields: HTTPHeaders = [:]) -> HTTPResponse? {
    let answer = Monitor<HTTPClientResult?>(nil)
    roads.send(HTTPClientRequest(method: HTTPMethod(rawValue: method), url: base + path, headers: fields)) { result in
      answer.withLock { $0 = result }
      answer.wakeAll()
    }
    guard case .response(let response, _)? = answer.wait(deadline: .seconds(30), { $0 }) else { return nil }
    return response
  }

  private func write(_ name: String, _ text: String = "<a/>", age: Int = 0) {
    TestFiles.write(text, to: server.inbox + "/" + name)
    let time = timeval(tv_sec: 1_790_000_000 - age, tv_usec: 0)
    var times = [time, time]
    #expect(utimes(server.inbox + "/" + name, &times) == 0)
  }

  private func list(_ fields: HTTPHeaders = [:]) throws -> (names: [String], hasMore: Bool?) {
    var all: HTTPHeaders = ["Names": "*.xml *.json", "Limit": "3"]
    for (name, value) in fields.all { all[name] = value }
    let answer = try #require(ask("LIST", "/ra", all))
    let root = try JSONDocument(parsing: answer.body).root
    return (root["files"]?.elements.compactMap { $0["name"]?.string } ?? [], root["more"]?.boolean)
  }

  @Test("a list has the files that are meant, at most so many, and tells whether there are more")
  func limits() throws {
    #expect(try list() == ([], false))
    for name in ["c.xml", "a.xml", "b.json", "b.txt", ".d.xml"] { write("ra/" + name) }
    #expect(try list() == (["a.xml", "b.json", "c.xml"], false))
    write("ra/d.xml")
    #expect(try list() == (["a.xml", "b.json", "c.xml"], true))
    // A name that cannot be used takes nobody's place, and no document breaks over it.
    write("ra/a lạ\u{1}.xml")
    #expect(try list() == (["a lạ_.xml", "a.xml", "b.json", "c.xml"], true))
    #expect(ask("LIST", "/khong", ["Names": "*"])?.status == 404)
  }

  @Test("with markers, a file is there when its marker is, and a marker that is older says nothing about it")
  func markers() throws {
    for name in ["a.xml", "b.xml", "c.xml"] { write("ra/" + name, age: 100) }
    write("ra/a.xml.xong", age: 50)
    write("ra/b.xml.xong", age: 150)
    let fields: HTTPHeaders = ["Names": "*", "Marker": ".xong"]
    #expect(try list(fields).names == ["a.xml"])
    let move: HTTPHeaders = ["Destination": "/ra/xong", "Marker": ".xong", "Moment": "7"]
    #expect(ask("MOVE", "/ra/a.xml", move)?.status == 200)
    #expect(try list(fields).names == [])
    #expect(access(server.inbox + "/ra/a.xml.xong", F_OK) != 0 && access(server.inbox + "/ra/xong/a.xml", F_OK) == 0)
  }

  @Test("a file is fetched up to its limit; one that is larger and one that is gone are told apart")
  func fetched() throws {
    write("ra/a.xml", "12345")
    #expect(ask("GET", "/ra/a.xml", ["Limit": "5"])?.body == Array("12345".utf8))
    #expect(ask("GET", "/ra/a.xml", ["Limit": "4"])?.status == 413)
    #expect(ask("GET", "/ra/b.xml", ["Limit": "5"])?.status == 404)
  }

  @Test("a file leaves under its name, or with the moment behind it where that is taken, or for good; gone is gone")
  func leaves() throws {
    let move: HTTPHeaders = ["Destination": "/ra/xong", "Moment": "7"]
    write("ra/a.xml", "1")
    #expect(ask("MOVE", "/ra/a.xml", move)?.status == 200)
    write("ra/a.xml", "2")
    #expect(ask("MOVE", "/ra/a.xml", move)?.status == 200)
    write("ra/a.xml", "3")
    #expect(ask("MOVE", "/ra/a.xml", move)?.status == 409, "nothing is overwritten")
    for (name, text) in [("ra/xong/a.xml", "1"), ("ra/xong/a.xml.7", "2"), ("ra/a.xml", "3")] {
      #expect(TestFiles.read(server.inbox + "/" + name) == Array(text.utf8))
    }
    #expect(ask("MOVE", "/ra/a.xml", ["Destination": "/khong-co", "Moment": "7"])?.status == 409)
    #expect(ask("MOVE", "/ra/a.xml", ["Destination": "/../..", "Moment": "7"])?.status == 409)
    #expect(ask("DELETE", "/ra/a.xml")?.status == 200)
    #expect(ask("DELETE", "/ra/a.xml")?.status == 404 && ask("MOVE", "/ra/a.xml", move)?.status == 404)
  }
}
