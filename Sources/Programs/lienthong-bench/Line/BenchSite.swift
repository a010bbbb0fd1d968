import CryptographyKit
import Glibc

/// A site for the benchmark in a temporary folder: one sender, and agencies with a route to each.
final class BenchSite {
  /// An agency, where its sink is, and when a dossier goes to it.
  struct Agency {
    var party = "so-xay-dung"
    var address: String
    /// XPath on the canonical dossier; nil for all dossiers.
    var condition: String?
    /// Further lines of `receives`, each with its indentation.
    var settings = "  window: 64\n"

    init(sinkPort: Int) { address = "http://127.0.0.1:\(sinkPort)" }
  }

  static let senderKey = "khoa-do"
  let folder: String
  var data: String { folder + "/data" }
  var database: String { data + "/lienthong.sqlite" }

  convenience init(catalogue: String, sinkPort: Int, threads: Int?, store: String? = nil) throws {
    try self.init(catalogue: catalogue, agencies: [Agency(sinkPort: sinkPort)], threads: threads, store: store)
  }

  /// - Parameter sends: the type of message that the sender sends.
  init(
    catalogue: String, agencies: [Agency], sends: String = "dvcqg-a/ho-so", threads: Int? = nil, store: String? = nil
  ) throws {
    var template = Array((Self.temporaryFolder + "/lienthong-bench-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw BenchError("no temporary folder can be made") }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    mkdir(folder + "/parties", 0o700)
    mkdir(folder + "/secrets", 0o700)
    try write(
      "gateway.yaml",
      "gateway: bench\nlisten: 127.0.0.1:0\ndata: data\ncatalogue: \(catalogue)\n"
        + (threads.map { "threads: \($0)\n" } ?? "") + (store ?? ""))
    try write("secrets/key", "khoa")
    try write(
      "parties/mot-cua.yaml",
      """
      party: mot-cua
      name: bench
      credentials: [{ apiKey: "sha256:\(Hexadecimal.encode(SHA256.hash(Self.senderKey)))" }]
      sends: [\(sends)]

      """)
    var routes = "routes:\n"
    for agency in agencies {
      try write(
        "parties/\(agency.party).yaml",
        """
        party: \(agency.party)
        name: bench
        receives:
          profile: oc-lgsp
          address: \(agency.address)
          secrets: { apiKey: "file:../secrets/key" }
        \(agency.settings)
        """)
      let condition = agency.condition.map { ", when: \"\($0)\"" } ?? ""
      routes += "  - { name: \(agency.party), message: dossier, from: [mot-cua], to: [\(agency.party)]\(condition) }\n"
    }
    try write("routes.yaml", routes)
  }

  deinit { BenchFolder.remove(folder) }

  /// Where a real site would keep its database: a disk, not memory, when TMPDIR says so.
  private static var temporaryFolder: String {
    guard let folder = getenv("TMPDIR") else { return "/tmp" }
    return String(cString: folder)
  }

  private func write(_ name: String, _ text: String) throws {
    guard let file = fopen(folder + "/" + name, "w") else { throw BenchError("\(folder)/\(name) cannot be written") }
    fputs(text, file)
    fclose(file)
  }
}
