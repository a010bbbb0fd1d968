import DossierModel
import DossierStore
import GatewayTesting
import Glibc
import ServiceKit
import Testing

@Suite("The dossier store in one SQLite file")
struct SQLiteDossierStoreTests {
  @Test("leaves one file behind when it is closed, also after somebody looked into it")
  func oneFile() throws {
    let folder = TemporaryFolder()
    let now = Timestamp(seconds: 1_800_000_000)
    let store = try SQLDossierStore(.sqlite(path: folder.path + "/store.sqlite"), at: now)
    _ = try store.recordAndWait([SampleMessages().message("A", to: ["x"], at: now)])
    #expect(try store.queue().count == 1)
    #expect(access(folder.path + "/store.sqlite-wal", F_OK) == 0)
    store.close()
    #expect(access(folder.path + "/store.sqlite-wal", F_OK) != 0, "what was committed is in the file itself")
  }

  @Test("begins a new log where it finds one that a killed gateway left, after it has brought it into the file")
  func newLog() throws {
    let folder = TemporaryFolder()
    let now = Timestamp(seconds: 1_800_000_000)
    let store = try SQLDossierStore(.sqlite(path: folder.path + "/store.sqlite"), at: now)
    for number in 0..<40 {
      let body = String(repeating: "x", count: 20_000)
      _ = try store.recordAndWait([SampleMessages().message(DossierCode("A\(number)"), body: body, to: ["x"], at: now)])
    }
    // What is there at the moment of a kill.
    for end in ["", "-wal"] {
      let copied = ProgramRun(["cp", folder.path + "/store.sqlite" + end, folder.path + "/killed.sqlite" + end])
      #expect(copied.exitCode == 0)
    }
    store.close()
    #expect(Self.size(folder.path + "/killed.sqlite-wal") > 800_000)
    let next = try SQLDossierStore(.sqlite(path: folder.path + "/killed.sqlite"), at: now)
    defer { next.close() }
    #expect(Self.size(folder.path + "/killed.sqlite-wal") < 200_000)
    #expect(try next.queue().map(\.count) == [40])
  }

  @Test("copies its log back into the file as it goes, so that the log stays short, and reads what it copied")
  func shortLog() throws {
    let folder = TemporaryFolder()
    let now = Timestamp(seconds: 1_800_000_000)
    let store = try SQLDossierStore(.sqlite(path: folder.path + "/store.sqlite"), at: now)
    defer { store.close() }
    let body = String(repeating: "x", count: 400_000)
    for number in 0..<60 {
      _ = try store.recordAndWait([SampleMessages().message(DossierCode("A\(number)"), body: body, to: ["x"], at: now)])
      #expect(Self.size(folder.path + "/store.sqlite-wal") < 10 << 20, "8 MiB and what one commit adds")
    }
    // The last commits may still be waited for by the copying.
    #expect(Self.size(folder.path + "/store.sqlite") > 36 << 20)
    #expect(try store.queue().map(\.count) == [60])
    #expect(try store.latestBody(of: "A0", types: ["mau/thu"])?.body == Array(body.utf8))
  }

  private static func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : -1
  }
}
