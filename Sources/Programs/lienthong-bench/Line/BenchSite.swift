import CryptographyKit
import Glibc

/// A site for the benchmark in a temporary folder: one sender, one agency (the sink), one route.
final class BenchSite {
  static let senderKey = "khoa-do"
  let folder: String
  var data: String { folder + "/data" }
  var database: String { data + "/lienthong.sqlite" }

  init(catalogue: String, sinkPort: Int, threads: Int?, store: String? = nil) throws {
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
      sends: [dvcqg-a/ho-so]

      """)
    try write(
      "parties/so-xay-dung.yaml",
      """
      party: so-xay-dung
      name: bench
      receives:
        profile: oc-lgsp
        address: http://127.0.0.1:\(sinkPort)
        secrets: { apiKey: "file:../secrets/key" }
        window: 64

      """)
    try write(
      "routes.yaml", "routes:\n  - { name: bench, message: dossier, from: [mot-cua], to: [so-xay-dung] }\n")
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
