import Delivery
import Dictionaries
import DocumentKit
import DossierModel
import FileKit
import Gateway
import GatewayTesting
import Glibc
import JSONKit
import Reception
import Testing
import XMLKit

/// Every profile has its page in `Deploy/partners`, and what the page shows is so.
@Suite("The partners' pages", .timeLimit(.minutes(10)))
struct PartnerPageTests {
  private static let folder = TestFiles.projectRoot + "/Deploy/partners"
  private static let profiles =
    (try? PartnerCatalogue(folder: folder, catalogue: TestFiles.projectRoot).profiles) ?? []
  private static let names = profiles.map(\.name)

  /// Whose partner is no simulator: the folder of a server of OpenSSH's.
  private static let unled: Set<String> = ["sftp"]
  /// Profiles whose partners call at a door of the site, in a protocol that is no callback.
  private static let atDoors: Set<String> = ["edxml-vxp", "soap"]

  /// Two ports of each page, below those that the kernel gives to others at the same time, and others in each process.
  private static func port(of name: String) -> Int {
    20_000 + Int(getpid() % 180) * 70 + 2 * (names.firstIndex(of: name) ?? 0)
  }

  private func profile(_ name: String) throws -> SiteProfile {
    try #require(Self.profiles.first { $0.name == name })
  }

  private func page(_ name: String) -> String {
    String(decoding: TestFiles.read(Self.folder + "/\(name).md"), as: UTF8.self)
  }

  /// What stands between the places of a path, and what its values are called.
  private func words(of path: TextTemplate) -> [String] {
    path.parts.compactMap { part in
      switch part {
      case .literal(let text): text.hasPrefix("/") ? String(text.dropFirst()) : text
      case .place(.value(let name)): name
      case .place: nil
      }
    }
  }

  @Test(
    "a page names every operation, lookup, parameter, path, secret, value and callback of its profile", arguments: names
  )
  func complete(name: String) throws {
    let profile = try profile(name)
    let page = page(name)
    var wanted = profile.messages.map { String($0.name.dropFirst(name.count + 1)) }
    wanted += profile.callbacks?.messages.map { "/callbacks/\(name)/\($0.path)" } ?? []
    wanted += profile.callbacks?.questions.flatMap { ["/callbacks/\(name)/\($0.path)", $0.title] } ?? []
    wanted += profile.callbacks?.lists.flatMap { ["/callbacks/\(name)/\($0.path)", $0.title] } ?? []
    if let delivery = profile.delivery {
      wanted +=
        delivery.secretNames.sorted() + delivery.valueNames.sorted() + delivery.defaults.values.filter { !$0.isEmpty }
      wanted += delivery.operations.flatMap { $0.variants.flatMap { words(of: $0.path) } }
      wanted += delivery.lookups.flatMap { [$0.name, $0.title] + $0.parameters.map(\.name) + words(of: $0.path) }
      wanted += delivery.dictionaries.map(\.name.dictionary) + delivery.polls.map(\.name)
    }
    #expect(wanted.filter { !page.contains($0) } == [], "\(name).md does not name them")
    #expect(wanted.count >= 3)
  }

  @Test(
    "every page answers the same questions in the same order: those that its profile raises, and no others",
    arguments: names)
  func questions(name: String) throws {
    let profile = try profile(name)
    let delivery = profile.delivery
    let called = Set(profile.callbacks?.messages.map(\.type) ?? [])
    let polls = delivery?.polls ?? []
    let brought = polls.contains { $0.message == nil } ? profile.messages.map(\.name) : polls.compactMap(\.message)
    let sent = profile.messages.filter { $0.toCanonical != nil && !called.contains($0.name) }.map(\.name)
    let asked: [(title: String, isDue: Bool?)] = [
      ("What is known, and from where", true), ("Set-up", true),
      ("Operations", delivery?.operations.isEmpty == false),
      ("Answers, and what they mean", delivery?.operations.isEmpty == false),
      ("Lookups", delivery?.lookups.isEmpty == false), ("Dictionaries", delivery?.dictionaries.isEmpty == false),
      ("It is asked", !polls.isEmpty), ("It calls us", !called.isEmpty || Self.atDoors.contains(name)),
      ("It asks us", profile.callbacks?.questions.isEmpty == false),
      // What polls bring may be sent as well.
      ("It sends to us", sent.isEmpty ? false : Set(sent).isSubset(of: brought) ? nil : true), ("Quirks", true),
      ("Unverified", true), ("Try it", true),
    ]
    let headings = page(name).split(separator: "\n").filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) }
    let wanted = asked.filter { $0.isDue ?? headings.contains($0.title) }.map(\.title)
    #expect(headings == wanted, "\(name).md")
    #expect(page(name).hasPrefix("# \(name): \(profile.title)"), "\(name).md")
    for title in headings {
      let text = page(name).split(separator: "\n## ").first { $0.hasPrefix(title + "\n") }
      #expect((text?.count ?? 0) > title.count + 20, "\(name).md says nothing of “\(title)”")
    }
  }

  @Test("what a page shows of YAML, JSON and XML can be read", arguments: names)
  func blocks(name: String) throws {
    for block in Guide(Self.folder + "/\(name).md").blocks {
      let text = block.lines.joined(separator: "\n")
      let place = "\(name).md:\(block.line)"
      switch block.info.first {
      case "yaml": #expect(throws: Never.self, "\(place)") { try YAMLDocument(parsing: text, file: place) }
      case "json": #expect(throws: Never.self, "\(place)") { try JSONDocument(parsing: text) }
      case "xml": #expect(throws: Never.self, "\(place)") { try XMLDocument(parsing: Array(text.utf8)) }
      case "console", "text": break
      default: Issue.record("\(place): a block of no known kind")
      }
    }
  }

  @Test(
    "a page leads to a site that holds together, and to an exchange with the simulator",
    arguments: names.filter { !unled.contains($0) })
  func steps(name: String) throws {
    let folder = TemporaryFolder()
    for part in ["Schemas", "Mappings", "Deploy"] {
      #expect(ProgramRun(["ln", "-s", "\(TestFiles.projectRoot)/\(part)", folder.path]).exitCode == 0)
    }
    let text = page(name)
    var ports: [String: String] = [:]
    for match in text.matches(of: /127\.0\.0\.1:(18[0-9]{3})/) {
      let port = String(match.output.1)
      if ports[":\(port)"] == nil { ports[":\(port)"] = ":\(Self.port(of: name) + ports.count)" }
    }
    let guide = Guide(Self.folder + "/\(name).md", replacing: ports)
    guide.writeFiles(to: folder.path)
    if !guide.blocks.contains(where: { $0.value("file") == "site/gateway.yaml" }) {
      TestFiles.write(
        """
        gateway: mau
        listen: 127.0.0.1:0
        data: var
        catalogue: ..
        publicAddress: http://127.0.0.1:8440
        files: { addressKey: "file:secrets/file-address.key" }

        """, to: folder.path + "/site/gateway.yaml")
      TestFiles.write(TestSite.addressKey, to: folder.path + "/site/secrets/file-address.key")
      TestFiles.write("routes: []\n", to: folder.path + "/site/routes.yaml")
    }
    #expect(throws: Never.self, "\(name)") { try SitePlan(Site(folder: folder.path + "/site")) }
    let reader = GuideReader(Guide(steps: guide), folder: folder.path)
    reader.follow()
    #expect(reader.complaints == [])
    #expect(reader.entered.contains { $0.hasPrefix("lienthong-simulator ") })
    #expect(
      reader.entered.contains {
        $0.hasPrefix("lienthong partner try \(name) ") || $0.contains("/v1/lookups/\(name)/")
          || $0 == "lienthong check site"
      })
  }

  @Test("no page is of a profile that is not there, and every link to another page leads somewhere")
  func links() {
    let known = Set(Self.names).union(["README", "GUIDE", "CONFORMANCE"])
    for path in FolderListing.files(in: Self.folder, ending: ".md") {
      let name = path.split(separator: "/").last?.dropLast(3).description ?? ""
      #expect(known.contains(name), "\(path)")
      let text = String(decoding: TestFiles.read(path), as: UTF8.self)
      for match in text.matches(of: /\]\(([a-z0-9-]+)\.md\)/) {
        #expect(known.contains(String(match.output.1)), "\(path) leads to \(match.output.1).md")
      }
    }
    #expect(Self.names.count >= 26)
  }
}
