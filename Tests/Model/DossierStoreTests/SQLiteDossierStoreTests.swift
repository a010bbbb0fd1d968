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
}
