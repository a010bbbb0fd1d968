import CryptographyKit

extension TestSite {
  package static let clientID = "ung-dung"
  package static let clientSecret = "bi-mat-ung-dung"

  /// Adds the party `ung-dung`: an OAuth client that may send generation-A dossiers.
  package func addClient() {
    guard let secret = try? PasswordHash(password: Self.clientSecret, iterations: PasswordHash.minimumIterations) else {
      preconditionFailure("a secret cannot be hashed")
    }
    add(
      party: "ung-dung", credentials: "{ client: { id: \(Self.clientID), secret: \"\(secret.text)\" } }",
      sends: "[dvcqg-a/ho-so]")
  }

  package static let register = "dang-ky-kinh-doanh"

  /// Adds a register of businesses at an address, which `mot-cua` may look up.
  package func addRegister(at address: String) {
    TestFiles.write(
      """
      party: \(Self.register)
      name: Đăng ký kinh doanh (thử)
      receives: { profile: dkkd-tinh, address: "\(address)", secrets: { accessKey: "file:../secrets/key" } }

      """, to: "\(site)/parties/\(Self.register).yaml")
    append("lookups: [\(Self.register)/chi-tiet]", to: "parties/mot-cua.yaml")
  }

  /// Adds a party with a credential in the site's own words.
  package func add(party: String, credentials: String, sends: String) {
    TestFiles.write(
      "party: \(party)\nname: \(party) (thử)\ncredentials: [\(credentials)]\nsends: \(sends)\n",
      to: "\(site)/parties/\(party).yaml")
  }

  /// Has the site keep its store in a PostgreSQL database.
  package func keepStore(in database: TemporaryPostgreSQLDatabase) {
    append(database.siteSection, to: "gateway.yaml")
  }

  /// Sets more about the generation-A door, in the site's own words: members of a flow mapping.
  package func furnishDoor(_ members: String) {
    let path = site + "/gateway.yaml"
    let lines = String(decoding: TestFiles.read(path), as: UTF8.self).split(separator: "\n").map { line in
      line.hasPrefix("  dvcqg-a: {") ? line.dropLast(2) + ", \(members) }" : String(line)
    }
    TestFiles.write(lines.joined(separator: "\n") + "\n", to: path)
  }

  /// Adds lines to a file of the site.
  package func append(_ text: String, to name: String) {
    let path = site + "/" + name
    TestFiles.write(String(decoding: TestFiles.read(path), as: UTF8.self) + text + "\n", to: path)
  }
}
