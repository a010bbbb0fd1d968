import DocumentKit
import DossierModel
import DossierStore
import GatewayTesting
import HTTPKit
import SFTPKit
import ServiceKit
import Testing

@testable import Delivery

@Suite("Folders on SFTP servers, as profiles and parties say them")
struct DropFolderTests {
  private static let fingerprint = "SHA256:XzDH9Wl8OGwj1jE2/H/lOoq2oc1Mm7gGvwpWEonFt6Y"

  private func secret(_ text: String) -> Secret { Array(text.utf8).withUnsafeBytes { Secret(copying: $0) } }

  private func destination(
    _ address: String = "sftp://a.vn/vao", hostKeys: String? = DropFolderTests.fingerprint, user: String = "lt"
  ) throws -> Destination {
    try Destination(
      party: "so", profile: try ShippedProfile.read("sftp"), address: address,
      secrets: ["username": secret(user), "key": secret("k")], values: hostKeys.map { ["hostKeys": $0] } ?? [:])
  }

  private func problems(_ body: () throws -> Destination) throws -> [[String]] {
    try #require(throws: DestinationError.self) { try body() }.problems.map(\.path)
  }

  @Test("need the server's fingerprints: none, a wrong one or one beside a wrong one are refused")
  func hostKeys() throws {
    #expect(try destination().folder?.account.hostKeys.count == 1)
    let second = "SHA256:" + String(repeating: "A", count: 43)
    #expect(try destination(hostKeys: "\(Self.fingerprint)  \(second)").folder?.account.hostKeys.count == 2)
    for keys in [nil, "", " ", "*", "any", "SHA256:", "\(Self.fingerprint) *", Self.fingerprint + "x"] {
      #expect(try problems { try destination(hostKeys: keys) } == [["values", "hostKeys"]], "\(keys ?? "none")")
    }
  }

  @Test("are reached by an address that leads to one folder, and by a user name that is one")
  func addresses() throws {
    let account = try #require(try destination("sftp://tep.vn:2222/~/vao/").folder)
    #expect(account.account.port == 2_222 && account.base == "sftp://lt@tep.vn:2222/~/vao")
    #expect(try destination("sftp://a.vn/vao").folder?.account.port == 22)
    for address in [
      "https://a.vn/vao", "sftp://a.vn", "sftp://a.vn/", "sftp:///vao", "sftp://u@a.vn/vao", "sftp://a.vn:0/vao",
      "sftp://a.vn:x/vao", "sftp://a.vn/../etc", "sftp://a.vn/a//b", "sftp://a.vn/a b", "sftp://a.vn/a?b",
      "sftp://a.vn/a%2f",
    ] { #expect(try problems { try destination(address) } == [["address"]], "\(address)") }
    for user in ["", "a b", "a@b", "a/b", "a:b", "a\n", "đ"] {
      #expect(try problems { try destination(user: user) } == [["secrets", "username"]], "\(user)")
    }
    #expect(throws: DestinationError.self, "a folder is no address of a service") {
      try Destination(
        party: "so", profile: try ShippedProfile.read("rest"), address: "sftp://a.vn/vao",
        secrets: ["apiKey": secret("k")])
    }
  }

  @Test("get names that lead nowhere, whatever the dossier is called")
  func names() throws {
    let destination = try destination()
    let operation = try #require(destination.operations["sftp/dossier"])
    for (code, name) in [("H99.20-1", "H99.20-1"), ("../../etc/đ\n\"", ".._.._etc_____"), ("a?b#c%2f", "a_b_c_2f")] {
      let delivery = ClaimedDelivery(
        id: DeliveryID(7), epoch: 1, destination: "so",
        message: try #require(MessageID("01a1ff61-889d-7699-9ee3-959910108396")),
        type: "sftp/dossier", dossier: DossierCode(code), payload: [1], attempt: 1, createdAt: .epoch)
      let request = destination.request(
        for: delivery, operation: operation, variant: 0, token: "", userAgent: "thu", span: 0, at: .epoch)
      #expect(request.url == "sftp://lt@a.vn:22/vao/ho-so_\(name)_\(delivery.key).xml" && request.body == [1])
    }
  }

  @Test("have profiles that say nothing a folder has no place for")
  func profiles() throws {
    let path = ShippedProfile.path("sftp")
    let text = String(decoding: TestFiles.read(path), as: UTF8.self)
    func complaint(_ old: String, _ new: String) throws -> String {
      #expect(text.contains(old))
      let document = try YAMLDocument(parsing: text.replacing(old, with: new), file: "sftp.yaml")
      return try #require(throws: ConfigurationErrors.self) { try PartnerProfile(document) }.description
    }
    #expect(try complaint("transport: sftp", "transport: http").contains("belong together"))
    #expect(
      try complaint("ssh: { username: username, key: key }", "basic: { username: a, password: b }").contains(
        "belong together"))
    #expect(try complaint("key: key }", "key: key, password: p }").contains("a password or a key"))
    #expect(try complaint(", key: key }", " }").contains("a password or a key"))
    #expect(try complaint("ho-so_{dossier}_{key}.xml", "ho-so_{dossier}.xml").contains("one name"))
    #expect(try complaint("path: \"/tien", "list: true, path: \"/tien").contains("as a file"))
    #expect(try complaint("  transport: sftp", "  transport: sftp\n  headers: { A: b }").contains("nothing else"))
    #expect(try complaint("names: \"*.xml\"", "names: \"*/../x\"").contains("no pattern of names"))
    #expect(try complaint("ready: renamed", "ready: sometimes").contains("write renamed"))
    #expect(try complaint("ready: renamed", "ready: { unchanged: 1s, marker: .x }").contains("in one way"))
    #expect(try complaint("ready: renamed", "ready: { marker: \"*\" }").contains("no ending of a name"))
    #expect(try complaint("taken: \"/{values.outbox}/da-nhan\"", "taken: \"/{values.outbox}\"").contains("come again"))
    #expect(try complaint("taken: \"/{values.outbox}/da-nhan\"", "taken: gone").contains("no folder below"))
    #expect(try complaint("refused: \"/{values.outbox}/khong-nhan\"", "size: 33MiB").contains("size"))
    #expect(try complaint("    folder:", "    items: a\n    folder:").contains("is not known"))
  }

  @Test("are looked into where the party says, below the address and nowhere else")
  func lookedInto() throws {
    func destination(_ outbox: String) throws -> Destination {
      try Destination(
        party: "so", profile: try ShippedProfile.read("sftp"), address: "sftp://a.vn/vao",
        secrets: ["username": secret("lt"), "key": secret("k")],
        values: ["hostKeys": Self.fingerprint, "outbox": outbox], polls: ["nhan": nil])
    }
    let party = try destination("gui-di")
    let poll = try #require(party.polls.first)
    var values = PollValues()
    let list = party.request(of: poll.list, values, token: "", userAgent: "thu", at: .epoch)
    #expect(list.method.rawValue == "LIST" && list.url == "sftp://lt@a.vn:22/vao/gui-di")
    #expect(list.headers["Names"] == "*.xml" && list.headers["Limit"] == "200" && list.headers["Marker"] == nil)
    values.fields = ["name": "a.xml"]
    let move = party.request(of: try #require(poll.acknowledge), values, token: "", userAgent: "thu", at: .epoch)
    #expect(move.method.rawValue == "MOVE" && move.url == "sftp://lt@a.vn:22/vao/gui-di/a.xml")
    #expect(move.headers["Destination"] == "/gui-di/da-nhan" && move.headers["Moment"] == "0")
    for outbox in ["..", "../b", "a b", "", "a//b", "đ"] {
      #expect(throws: DestinationError.self, "\(outbox)") { try destination(outbox) }
    }
  }
}
