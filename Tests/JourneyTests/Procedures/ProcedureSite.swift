import CryptographyKit
import GatewayTesting
import HTTPKit
import JSONKit

/// A site that conducts one procedure of its own catalogue. All its parties speak the canonical document and pull, so that a
/// test decides when each acts.
struct ProcedureSite {
  let folder = TemporaryFolder()
  var site: String { folder.path + "/site" }
  var data: String { folder.path + "/data" }
  var log: String { folder.path + "/log" }
  /// Dropped with the site.
  private let database: TemporaryPostgreSQLDatabase?

  /// - Parameters:
  ///   - roles: the parties by the roles of the procedure.
  ///   - codes: procedure codes that begin it, beside its own.
  ///   - database: where the store is, unless it is a file.
  init(
    _ procedure: String, roles: [String: String], others: [String] = ["mot-cua", "cong"], codes: [String] = [],
    store database: TemporaryPostgreSQLDatabase? = nil
  ) {
    self.database = database
    TestFiles.write(
      """
      gateway: thu
      listen: 127.0.0.1:0
      data: \(data)
      catalogue: \(TestFiles.projectRoot)
      procedures:
        \(procedure):
          parties: { \(roles.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")) }
          codes: [\(codes.map { "\"\($0)\"" }.joined(separator: ", "))]
      \(database?.siteSection ?? "")

      """, to: site + "/gateway.yaml")
    TestFiles.write(
      "routes:\n  - { name: lên Cổng, message: dossier, from: [mot-cua], to: [cong] }\n", to: site + "/routes.yaml")
    for party in Set(others + roles.values) {
      write(party: party)
    }
  }

  /// - Parameter profile: the tongue in which it receives.
  func write(party: String, receiving profile: String = "rest") {
    TestFiles.write(
      """
      party: \(party)
      name: \(party) (thử)
      credentials: [{ apiKey: "sha256:\(Hexadecimal.encode(SHA256.hash(party)))" }]
      sends: [rest/dossier, rest/progress]
      receives: { profile: \(profile), pull: true }

      """, to: "\(site)/parties/\(party).yaml")
  }

  /// A dossier of a procedure as the one-stop desk sends it.
  static func dossier(
    _ code: String, of procedure: String, status: String = "accepted", choices: [String] = [], result: String = "",
    more: String = ""
  ) -> String {
    """
    <dossier><code>\(code)</code><procedure><code>\(procedure)</code></procedure><owner><name>Lê Minh An</name></owner>\
    <receivedAt>2026-11-16T09:00:00+07:00</receivedAt><status>\(status)</status><unit><code>1</code></unit>\(result)\(more)\
    \(choices.map { "<externalId><system>thu-tuc</system><id>\($0)</id></externalId>" }.joined())</dossier>
    """
  }

  /// - Parameters:
  ///   - before: elements of the entry before its status, in their order; `more`: those behind it.
  ///   - head: elements of the document behind its code.
  static func progress(
    _ code: String, _ status: String, _ more: String = "", before: String = "", head: String = ""
  ) -> String {
    "<progress><code>\(code)</code>\(head)<entry>\(before)<status>\(status)</status>\(more)</entry></progress>"
  }

  static func partner(_ party: String, _ visitor: Visitor) -> Partner { Partner(party: party, visitor: visitor) }

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
}
