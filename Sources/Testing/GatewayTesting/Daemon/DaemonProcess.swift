import Glibc

/// The built `lienthong serve`, run as a process of its own.
package final class DaemonProcess {
  package let process: ChildProcess

  /// `wrapper` goes before the command: a tracer with its options, for example. Port 0 is one that is free.
  package init(site: String, data: String, output: String, port: UInt16 = 0, wrapper: [String] = []) {
    process = ChildProcess(
      wrapper + [TestFiles.program("lienthong"), "serve", site, "--listen", "127.0.0.1:\(port)", "--data", data],
      output: output)
  }

  /// The port it listens on, once it says so; nil when it does not come up.
  package func waitUntilListening(seconds: Double = 60) -> Int? {
    process.waitForLine(seconds: seconds) { line in
      guard line.contains("listening") else { return nil }
      return line.split(separator: " ").first { $0.hasPrefix("port=") }.flatMap { Int($0.dropFirst(5)) }
    }
  }

  /// Memory that is the process's own and no file's, as the kernel counts it; nil when the process is gone.
  package var privateKilobytes: Int? {
    let status = String(decoding: TestFiles.read("/proc/\(process.pid)/status"), as: UTF8.self)
    let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
  }
}
