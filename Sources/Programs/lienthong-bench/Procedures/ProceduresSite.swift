import CryptographyKit
import Glibc

/// A site that conducts the birth procedure for five parties, all of which pull.
final class ProceduresSite {
  static let parties = ["mot-cua", "cong", "ho-tich", "cong-an", "bhxh"]
  static let code = "2.002621"
  let folder: String
  var data: String { folder + "/data" }
  var database: String { data + "/lienthong.sqlite" }

  init(catalogue: String) throws {
    folder = try BenchFolder().path
    mkdir(folder + "/parties", 0o700)
    try write(
      "gateway.yaml",
      "gateway: bench\nlisten: 127.0.0.1:0\ndata: data\ncatalogue: \(catalogue)\n"
        + "procedures: { khai-sinh-thuong-tru-bhyt: {} }\n")
    try write("routes.yaml", "routes:\n  - { name: cong, message: dossier, from: [mot-cua], to: [cong] }\n")
    for party in Self.parties {
      try write(
        "parties/\(party).yaml",
        """
        party: \(party)
        name: bench
        credentials: [{ apiKey: "sha256:\(Hexadecimal.encode(SHA256.hash(party)))" }]
        sends: [rest/dossier, rest/progress]
        receives: { profile: rest, pull: true }

        """)
    }
  }

  deinit { BenchFolder.remove(folder) }

  private func write(_ name: String, _ text: String) throws {
    guard let file = fopen(folder + "/" + name, "w") else { throw BenchError("\(folder)/\(name) cannot be written") }
    fputs(text, file)
    fclose(file)
  }

  // MARK: Documents

  /// The dossier as the one-stop desk sends it.
  static let dossier = MessageTemplate(
    before: "<dossier><code>H99.14-261116-",
    after: """
      </code><procedure><code>\(code)</code></procedure><owner><name>Lê Minh An</name></owner>\
      <receivedAt>2026-11-16T09:00:00+07:00</receivedAt><status>accepted</status><unit><code>1</code></unit>\
      <externalId><system>thu-tuc</system><id>thuong-tru</id></externalId>\
      <externalId><system>thu-tuc</system><id>bhyt</id></externalId></dossier>
      """)

  /// The registrar has it.
  static let taken = MessageTemplate(
    before: "<progress><code>H99.14-261116-", after: "</code><entry><status>processing</status></entry></progress>")

  /// The registrar is done.
  static let done = MessageTemplate(
    before: "<progress><code>H99.14-261116-",
    after: """
      </code><entry><status>completed</status><result><name>Giấy khai sinh</name><number>12/2026</number><registration>\
      <kind>birth</kind><person><role>child</role><personalNumber>001226000011</personalNumber></person></registration>\
      </result></entry></progress>
      """)
}
