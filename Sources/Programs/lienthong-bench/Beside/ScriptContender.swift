import GatewayTesting
import Glibc
import SQLKit

/// The script that an engineer would write instead: `Tests/Fixtures/bench/line/gateway.py`.
final class ScriptContender: LineContender {
  static let packages = [
    "python3-fastapi", "python3-uvicorn", "python3-uvloop", "python3-httptools", "python3-lxml",
  ]

  private let folder: BenchFolder
  private let process: ChildProcess
  private let database: SQLiteDatabase
  let port: Int

  init(sinkPort: Int) throws {
    folder = try BenchFolder()
    let fixtures = XMLCatalogue.fixtures
    process = ChildProcess(
      [
        "/usr/bin/python3", "-B", fixtures + "/gateway.py", "--database", folder.path + "/script.sqlite",
        "--schema", fixtures + "/ho-so.xsd", "--stylesheet", "Tests/Fixtures/bench/ho-so--sync-document.xsl",
        "--target-schema", "Schemas/oc-lgsp/1/lgsp.xsd", "--sink-port", String(sinkPort),
        "--key", BenchSite.senderKey,
      ], output: folder.path + "/log")
    let found = process.waitForLine { line in
      line.hasPrefix("listening port=") ? Int(line.dropFirst("listening port=".count)) : nil
    }
    guard let found else {
      let said = process.output
      folder.remove()
      throw BenchError("the script did not come up:\n\(said)")
    }
    port = found
    database = try SQLiteDatabase(path: folder.path + "/script.sqlite")
  }

  var cpuSeconds: Double { ProcessTime.seconds(of: process.pid) }
  var residentKibibytes: Int { ProcessTime.kibibytes("VmRSS:", of: process.pid) }

  func isDone() throws -> Bool {
    let row = try database.prepare("SELECT count(*) FROM delivery WHERE due IS NOT NULL")
    defer { row.reset() }
    return try row.step() && row.integer(0) == 0
  }

  func stop() {
    process.signal(SIGTERM)
    _ = process.wait()
    folder.remove()
  }
}
