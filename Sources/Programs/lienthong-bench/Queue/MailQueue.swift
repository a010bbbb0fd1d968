import GatewayTesting
import Glibc

/// Debian's Postfix with a queue of its own on the disk: mail from smtp-source is on the disk when it is acknowledged, and
/// is then discarded.
final class MailQueue {
  static let packages = ["postfix"]
  private let folder: BenchFolder
  private let process: ChildProcess
  private let port: Int

  init() throws {
    folder = try BenchFolder()
    port = try FreePort.find()
    process = ChildProcess(
      ["Tests/Fixtures/bench/queue/postfix", folder.path, String(port)], output: folder.path + ".log")
    guard FreePort.waitUntilTaken(port, seconds: 20) else {
      throw BenchError("Postfix does not start: \(process.output)")
    }
  }

  /// Messages acknowledged a second, over so many connections.
  func measure(messages: Int, connections: Int, bytes: Int) throws -> Double {
    let start = Clock.seconds
    let arguments = [
      "smtp-source", "-d", "-s", String(connections), "-m", String(messages), "-l", String(bytes),
      "-f", "mot-cua@bench.invalid", "-t", "so-xay-dung@elsewhere.invalid", "127.0.0.1:\(port)",
    ]
    guard OtherProgram.run(arguments) != nil else { throw BenchError("smtp-source failed") }
    return Double(messages) / (Clock.seconds - start)
  }

  func stop() {
    process.signal(SIGTERM)
    _ = process.wait(seconds: 10)
    process.killGroup()
    unlink(process.outputPath)
    folder.remove()
  }
}
