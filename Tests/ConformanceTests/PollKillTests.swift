import CryptographyKit
import DocumentKit
import DossierModel
import DossierStore
import Gateway
import GatewayTesting
import Glibc
import ServiceKit
import Simulation
import Testing

/// The built daemon, killed again and again while it asks two partners: one whose list is fetched one by one and acknowledged,
/// and one that is asked by cursor.
@Suite("Killed at random while it asks", .timeLimit(.minutes(5)))
struct PollKillTests {
  private static let count = 60
  private static let kills = 6
  private let folder = TemporaryFolder(inMemory: true)

  private func played(_ name: String) throws -> (ServiceSimulator, SimulatorServer) {
    let description = try ServiceDescription(
      YAMLDocument(contentsOf: TestFiles.projectRoot + "/Deploy/simulators/\(name).yaml"))
    let simulator = try ServiceSimulator(description, schemas: TestFiles.projectRoot + "/Schemas")
    let server = try SimulatorServer(partner: simulator)
    // Slow enough that a kill meets it between any two steps.
    server.set(FaultSetting(.slow, delay: .milliseconds(8)))
    return (simulator, server)
  }

  private func write(_ dvclt: SimulatorServer, _ vnpost: SimulatorServer) {
    let site = folder.path + "/site"
    func digest(_ key: String) -> String { "sha256:" + Hexadecimal.encode(SHA256.hash(key)) }
    func secret(_ name: String, _ text: String) -> String {
      TestFiles.write(text, to: "\(site)/secrets/\(name)")
      return "file:../secrets/\(name)"
    }
    TestFiles.write(
      """
      gateway: thu
      listen: 127.0.0.1:0
      data: \(folder.path)/data
      catalogue: \(TestFiles.projectRoot)
      publicAddress: https://lienthong.example.vn
      files: { addressKey: "file:secrets/file-address.key", reserve: 1MiB }
      """, to: site + "/gateway.yaml")
    TestFiles.write(TestSite.addressKey, to: site + "/secrets/file-address.key")
    TestFiles.write(
      """
      routes:
        - { name: hồ sơ, message: dossier, to: [mot-cua] }
        - { name: tiến độ, message: progress, to: [mot-cua] }
      """, to: site + "/routes.yaml")
    TestFiles.write(
      """
      party: mot-cua
      name: Một cửa (thử)
      credentials: [{ apiKey: "\(digest("khoa"))" }]
      receives: { profile: rest, pull: true }
      """, to: site + "/parties/mot-cua.yaml")
    TestFiles.write(
      """
      party: dvclt
      name: DVCLT (thử)
      credentials: [{ apiKey: "\(digest("khoa-2"))" }]
      sends: [dvclt/chi-tiet]
      receives:
        profile: dvclt
        address: \(dvclt.url)
        secrets: { username: "\(secret("ten", "mot-cua-mo-phong"))", password: "\(secret("mk", "mat-khau-mo-phong"))" }
        polls: { danh-sach: { every: 100ms } }
        retry: { minimum: 50ms, maximum: 200ms, lifetime: 1h }
      """, to: site + "/parties/dvclt.yaml")
    TestFiles.write(
      """
      party: buu-dien
      name: Bưu điện (thử)
      credentials: [{ apiKey: "\(digest("khoa-3"))" }]
      sends: [vnpost/hanh-trinh-don]
      receives:
        profile: vnpost
        address: \(vnpost.url)
        secrets: { clientId: "\(secret("id", "mot-cua-mo-phong"))", clientSecret: "\(secret("bm", "bi-mat-mo-phong"))" }
        polls: { hanh-trinh: { every: 100ms } }
        retry: { minimum: 50ms, maximum: 200ms, lifetime: 1h }
      """, to: site + "/parties/buu-dien.yaml")
  }

  private func numbered(_ number: Int, _ width: Int) -> String {
    String(repeating: "0", count: width - String(number).count) + String(number)
  }

  private func put(_ number: Int, _ dvclt: ServiceSimulator, _ vnpost: ServiceSimulator) {
    let example = TestFiles.projectRoot + "/Mappings/dvclt.chi-tiet--canonical/1/examples/toi-thieu.in.json"
    let dossier = String(decoding: TestFiles.read(example), as: UTF8.self)
      .replacing("261120-0004", with: "261120-\(numbered(number, 4))")
    #expect(dvclt.hold(Array(dossier.utf8), kind: "dossier"))
    let step = """
      {"orderNumber": "H56.14-261120-\(numbered(number, 4))", "statusCode": 3, "statusMessage": "Bước \(number)",
       "_id": {"$oid": "6b10d428\(numbered(number, 16))"}}
      """
    #expect(vnpost.hold(Array(step.utf8), kind: "progress"))
  }

  @Test("every item becomes one message, none is lost, and what is on the disk was acknowledged in the end")
  func kills() throws {
    let (dvclt, dvcltServer) = try played("dvclt")
    let (vnpost, vnpostServer) = try played("vnpost")
    defer { [dvcltServer, vnpostServer].forEach { $0.stop() } }
    write(dvcltServer, vnpostServer)
    mkdir(folder.path + "/data", 0o700)
    var dice = SeededGenerator(seed: 20_261_121)
    var next = 0
    for round in 0...Self.kills {
      // New ones come all the time, also while the gateway is gone.
      while next < Self.count * (round + 1) / (Self.kills + 1) {
        next += 1
        put(next, dvclt, vnpost)
      }
      let daemon = DaemonProcess(
        site: folder.path + "/site", data: folder.path + "/data", output: folder.path + "/log-\(round)")
      #expect(daemon.waitUntilListening() != nil)
      guard round < Self.kills else {
        let reader = SQLDossierReader(.sqlite(path: "\(folder.path)/data/\(Site.databaseName)"))
        let isDone = Patience.until(seconds: 60) {
          dvclt.items == 0 && (try? messages(reader, of: "buu-dien")) == Self.count
        }
        #expect(isDone, "\(dvclt.items) are not acknowledged; \((try? reader.polls()) ?? [])")
        #expect(try messages(reader, of: "dvclt") == Self.count && messages(reader, of: "buu-dien") == Self.count)
        #expect(try reader.pollItems(of: nil, after: 0, limit: 1).isEmpty)
        #expect(try Set(reader.dossiers(limit: 1_000).map(\.code)).count == 2 * Self.count)
        daemon.process.signal(SIGTERM)
        #expect(daemon.process.wait() == .exited(0))
        return
      }
      usleep(UInt32(dice.number(below: 250)) * 1_000)
      daemon.process.killGroup()
      _ = daemon.process.wait()
    }
  }

  private func messages(_ reader: SQLDossierReader, of party: PartyID) throws -> Int {
    var count = 0
    var cursor = MessagePage.Cursor.start
    while true {
      let page = try reader.messages(MessageFilter(sender: party), from: cursor, limit: 100)
      count += page.messages.count
      guard let next = page.next else { return count }
      cursor = next
    }
  }
}
