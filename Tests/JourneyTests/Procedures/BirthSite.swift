import CryptographyKit
import GatewayTesting
import HTTPKit
import JSONKit

/// A site that conducts the birth procedure of its own catalogue for five partners: the one-stop desk that sends, the portal
/// that is told, and the three agencies. All speak the canonical document and pull, so that a test decides when each acts.
struct BirthSite {
  static let parties = ["mot-cua", "cong", "ho-tich-xa", "cong-an-xa", "bhxh-tinh"]
  static let procedure = "2.002621"

  let folder = TemporaryFolder()
  var site: String { folder.path + "/site" }
  var data: String { folder.path + "/data" }
  var log: String { folder.path + "/log" }

  /// Dropped with the site.
  private let database: TemporaryPostgreSQLDatabase?

  /// - Parameter database: where the store is, unless it is a file.
  init(store database: TemporaryPostgreSQLDatabase? = nil) {
    self.database = database
    TestFiles.write(
      """
      gateway: thu
      listen: 127.0.0.1:0
      data: \(data)
      catalogue: \(TestFiles.projectRoot)
      procedures:
        khai-sinh-thuong-tru-bhyt:
          parties: { ho-tich: ho-tich-xa, cong-an: cong-an-xa, bhxh: bhxh-tinh }
      \(database?.siteSection ?? "")

      """, to: site + "/gateway.yaml")
    TestFiles.write(
      "routes:\n  - { name: lên Cổng, message: dossier, from: [mot-cua], to: [cong] }\n", to: site + "/routes.yaml")
    for party in Self.parties {
      TestFiles.write(
        """
        party: \(party)
        name: \(party) (thử)
        credentials: [{ apiKey: "sha256:\(Hexadecimal.encode(SHA256.hash(party)))" }]
        sends: [rest/dossier, rest/progress]
        receives: { profile: rest, pull: true }
        \(party == "mot-cua" ? "operator: true" : "")

        """, to: "\(site)/parties/\(party).yaml")
    }
  }

  /// The dossier as the one-stop desk sends it.
  static func dossier(_ code: String, choices: [String] = ["thuong-tru", "bhyt"], more: String = "") -> String {
    """
    <dossier><code>\(code)</code><procedure><code>\(procedure)</code></procedure><owner><name>Lê Minh An</name></owner>\
    <receivedAt>2026-11-16T09:00:00+07:00</receivedAt><status>accepted</status><unit><code>1</code></unit>\
    \(choices.map { "<externalId><system>thu-tuc</system><id>\($0)</id></externalId>" }.joined())\(more)</dossier>
    """
  }

  /// The registrar's result: the certificate, and the child's number.
  static func certificate(_ code: String) -> String {
    """
    <dossier><code>\(code)</code><procedure><code>\(procedure)</code></procedure><owner><name>Lê Minh An</name></owner>\
    <receivedAt>2026-11-16T09:00:00+07:00</receivedAt><status>completed</status><unit><code>1</code></unit>\
    <result><name>Giấy khai sinh</name><number>12/2026</number><registration><kind>birth</kind><person>\
    <role>child</role><name><full>Lê Minh An</full></name>\
    <personalNumber>001226000011</personalNumber></person></registration></result></dossier>
    """
  }

  static func progress(_ code: String, _ status: String, _ more: String = "") -> String {
    "<progress><code>\(code)</code><entry><status>\(status)</status>\(more)</entry></progress>"
  }
}

extension BirthSite {
  /// A partner that speaks to the gateway.
  struct Partner {
    let party: String
    let visitor: Visitor

    /// The status of the answer.
    @discardableResult
    func send(_ document: String) -> Int? {
      visitor.send(
        .post, "/v1/messages", key: party, headers: ["Content-Type": "application/xml"], body: Array(document.utf8))?
        .status
    }

    /// Waits for the next message, acknowledges it, and gives its text; nil when none comes.
    func receive() -> String? {
      var text: String?
      _ = Patience.until {
        guard let page = visitor.json(visitor.send(.get, "/v1/inbox", key: party)),
          let message = page["messages"]?[0], let payload = message["payload"]?.string,
          let delivery = message["delivery"]?.string,
          visitor.send(.post, "/v1/inbox/\(delivery)/receipt", key: party)?.status == 204
        else { return false }
        text = payload
        return true
      }
      return text
    }

    /// Whether nothing waits for it.
    var hasNothing: Bool {
      visitor.json(visitor.send(.get, "/v1/inbox", key: party))?["messages"]?.count == 0
    }
  }

  static func partner(_ party: String, _ visitor: Visitor) -> Partner { Partner(party: party, visitor: visitor) }
}
