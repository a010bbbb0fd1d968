import CryptographyKit

/// A site in a temporary folder, like the demo but with the partners where a test has them.
///
/// Parties: `mot-cua` (API key and generation-A login, pulls), `so-xay-dung` and `so-tu-phap` (agencies that speak the
/// OpenCPS LGSP XML), `cong` (the portal). Routes as in the demo. Partners that are not given are pulled, so that
/// nothing is ever sent to an address the test does not own.
package final class TestSite {
  package let folder: TemporaryFolder
  package var site: String { folder.path + "/site" }
  package var data: String { folder.path + "/data" }

  package static let senderKey = "khoa-thu-mot-cua"
  package static let agencyKey = "khoa-thu-so-xay-dung"
  package static let operatorKey = "khoa-thu-van-hanh"
  package static let addressKey = "khoa-thu-ky-dia-chi-tep-0123456789abcdef"
  /// Where partners would reach the gateway; the port is the kernel's, so a test replaces this part of an address.
  package static let publicAddress = "http://gateway.invalid"
  package static let password = "mat-khau-thu"

  /// `catalogue`: the folder with schemas, mappings and partners, where it is not the project's own.
  package init(
    agency: Int? = nil, secondAgency: Int? = nil, portal: Int? = nil, retryMinimum: String = "100ms",
    answerTimeout: String = "5s", catalogue: String = TestFiles.projectRoot, grace: String = "24h",
    largestFile: String = "8MiB", reserve: String = "1MiB",
  ) {
    folder = TemporaryFolder()
    let patience = [
      "timeouts: { connect: 1s, answer: \(answerTimeout) }",
      "retry: { minimum: \(retryMinimum), maximum: 2s, lifetime: 1h }",
    ]
    write(
      "gateway.yaml",
      """
      gateway: thu
      listen: 127.0.0.1:0
      data: \(folder.path)/data
      catalogue: \(catalogue)
      publicAddress: \(Self.publicAddress)
      files: { addressKey: "file:secrets/file-address.key", grace: \(grace), largest: \(largestFile), reserve: \(reserve) }
      frontDoors:
        dvcqg-a: { login: /dvcqg/login, service: /dvcqg/service }
      """)
    write("routes.yaml", Self.routes)
    write("secrets/password", Self.password)
    write("secrets/username", "lienthong")
    write("secrets/key", "khoa-ra")
    write("secrets/file-address.key", Self.addressKey)
    write(
      "parties/mot-cua.yaml",
      """
      party: mot-cua
      name: Một cửa (thử)
      credentials:
        - apiKey: "\(Self.digest(Self.senderKey))"
        - session: { username: mot-cua, password: "\(Self.passwordForm)" }
      sends: [dvcqg-a/ho-so, dvcqg-a/tien-do]
      receives: { profile: dvcqg-a, pull: true }
      """)
    for (party, port) in [("so-xay-dung", agency), ("so-tu-phap", secondAgency)] {
      write(
        "parties/\(party).yaml",
        """
        party: \(party)
        name: \(party) (thử)
        credentials: [{ apiKey: "\(Self.digest(party == "so-xay-dung" ? Self.agencyKey : party))" }]
        sends: [oc-lgsp/sync-document, oc-lgsp/document-traces]
        receives:
          profile: oc-lgsp
          \(Self.way(port, secrets: "{ apiKey: \"file:../secrets/key\" }", patience: patience))
        """)
    }
    write(
      "parties/cong.yaml",
      """
      party: cong
      name: Cổng (thử)
      receives:
        profile: dvcqg-a
        \(Self.way(portal, secrets: "{ username: \"file:../secrets/username\", password: \"file:../secrets/password\" }",
          patience: patience, values: "{ madonvi: H99, dstcode: VN:THU }"))
      """)
    write(
      "parties/van-hanh.yaml",
      """
      party: van-hanh
      name: Vận hành (thử)
      operator: true
      credentials: [{ apiKey: "\(Self.digest(Self.operatorKey))" }]
      """)
  }

  private func write(_ name: String, _ text: String) { TestFiles.write(text + "\n", to: site + "/" + name) }

  private static func way(_ port: Int?, secrets: String, patience: [String], values: String? = nil) -> String {
    guard let port else { return "pull: true" }
    let lines =
      ["address: http://127.0.0.1:\(port)", "secrets: \(secrets)"] + (values.map { ["values: \($0)"] } ?? []) + patience
    return lines.joined(separator: "\n  ")
  }

  private static func digest(_ key: String) -> String { "sha256:" + Hexadecimal.encode(SHA256.hash(key)) }

  /// Made once: it is slow by intent.
  private static let passwordForm: String = {
    guard let hash = try? PasswordHash(password: password, iterations: PasswordHash.minimumIterations) else {
      preconditionFailure("a password cannot be hashed")
    }
    return hash.text
  }()

  private static let routes = """
    routes:
      - { name: xây dựng, message: dossier, from: [mot-cua], when: "procedure/code = '1.009994'", to: [so-xay-dung] }
      - { name: tư pháp, message: dossier, from: [mot-cua], when: "procedure/code = '2.000488'", to: [so-tu-phap] }
      - { name: lên Cổng, message: dossier, to: [cong] }
      - { name: tiến độ lên Cổng, message: progress, to: [cong] }
      - { name: về một cửa, message: dossier, from: [so-xay-dung, so-tu-phap], to: [mot-cua] }
      - { name: tiến độ về một cửa, message: progress, from: [so-xay-dung, so-tu-phap], to: [mot-cua] }
    """
}
