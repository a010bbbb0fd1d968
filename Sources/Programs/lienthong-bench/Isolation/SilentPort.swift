import Glibc

/// A port that takes connections and never says a word: the worst kind of dead.
final class SilentPort {
  private let descriptor: Int32
  let port: Int

  init() throws {
    port = try FreePort.find()
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard FreePort.bind(descriptor, to: port), listen(descriptor, 1_024) == 0 else {
      throw BenchError("no port of 127.0.0.1 can be had")
    }
  }

  deinit { close(descriptor) }
}
