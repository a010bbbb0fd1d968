import GatewayTesting
import Glibc

/// Debian's RabbitMQ with a data folder of its own: durable messages to a quorum queue of one node, each confirmed.
final class Broker {
  static let packages = ["rabbitmq-server", "python3-pika"]
  private let folder: BenchFolder
  private let process: ChildProcess
  private let port: Int

  init() throws {
    folder = try BenchFolder()
    port = try FreePort.find()
    process = ChildProcess(
      [
        "Tests/Fixtures/bench/queue/rabbitmq", folder.path, String(port), String(try FreePort.find()),
        String(try FreePort.find()),
      ], output: folder.path + ".log")
    let isReady: Bool? = process.waitForLine(seconds: 120) { $0.contains("Server startup complete") ? true : nil }
    guard isReady == true else { throw BenchError("RabbitMQ does not start: \(process.output)") }
  }

  /// Messages confirmed a second, with so many unconfirmed at once.
  func measure(messages: Int, inFlight: Int, bytes: Int) throws -> Double {
    let arguments = [
      "/usr/bin/python3", "-B", "Tests/Fixtures/bench/queue/rabbitmq_publish.py", String(port), String(messages),
      String(inFlight), String(bytes),
    ]
    guard let run = OtherProgram.run(arguments), let rate = Double(run.output.filter { $0.isNumber || $0 == "." })
    else { throw BenchError("the publisher failed; see Tests/Fixtures/bench/queue/rabbitmq_publish.py") }
    return rate
  }

  func stop() {
    process.signal(SIGTERM)
    _ = process.wait(seconds: 30)
    process.killGroup()
    unlink(process.outputPath)
    folder.remove()
  }
}
