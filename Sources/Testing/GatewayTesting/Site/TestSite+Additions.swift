import CryptographyKit
package import Gateway
import Reception

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

  package static let callerKey = "khoa-cua-ben-goi"
  package static let callerSecret = "bi-mat-cua-ben-goi"

  /// Adds the party `ben-goi`, which calls by its own rules what these profiles say, and asks their questions; what it tells
  /// goes to the inbox of `ben-nhan`, and nothing anywhere else.
  package func addCaller(of profiles: [SiteProfile]) {
    let sends = profiles.flatMap { $0.callbacks?.messages.map(\.type) ?? [] }
    let questions = profiles.flatMap { profile in
      profile.callbacks?.questions.map { "\(profile.name)/\($0.path)" } ?? []
    }
    let lists = profiles.flatMap { profile in
      profile.callbacks?.lists.map { "\(profile.name)/\($0.path): ../lists/rong.json" } ?? []
    }
    TestFiles.write("[]", to: "\(site)/lists/rong.json")
    TestFiles.write(Self.callerSecret, to: "\(site)/secrets/ben-goi.callbacks")
    add(
      party: "ben-goi",
      credentials: "{ apiKey: \"sha256:\(Hexadecimal.encode(SHA256.hash(Self.callerKey)))\" }, "
        + "{ checksum: { secret: \"file:../secrets/ben-goi.callbacks\" } }",
      sends:
        "[\(sends.joined(separator: ", "))]\nquestions: [\(questions.joined(separator: ", "))]\nlists: { \(lists.joined(separator: ", ")) }"
    )
    TestFiles.write(
      "party: ben-nhan\nname: Bên nhận (thử)\nreceives: { profile: rest, pull: true }\n",
      to: "\(site)/parties/ben-nhan.yaml")
    let routes = ["dossier", "progress"].map {
      "  - { name: gọi \($0), message: \($0), from: [ben-goi], to: [ben-nhan] }\n"
    }
    TestFiles.write("routes:\n" + routes.joined(), to: "\(site)/routes.yaml")
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
