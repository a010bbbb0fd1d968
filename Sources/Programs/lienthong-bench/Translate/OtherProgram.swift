import Glibc

/// A program of somebody else's, run for comparison: its processor time and what it wrote.
struct OtherProgram {
  let seconds: Double
  let output: String

  /// Nil if it is not installed or failed; the benchmark then says that it was left out.
  static func run(_ arguments: [String]) -> OtherProgram? {
    var channel: (Int32, Int32) = (0, 0)
    let opened = withUnsafeMutablePointer(to: &channel) { pointer in
      pointer.withMemoryRebound(to: Int32.self, capacity: 2) { pipe($0) }
    }
    guard opened == 0 else { return nil }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, channel.1, STDOUT_FILENO)
    posix_spawn_file_actions_addclose(&actions, channel.0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var pid = pid_t()
    let started = posix_spawnp(&pid, arguments[0], &actions, nil, &words, environ)
    close(channel.1)
    defer { close(channel.0) }
    guard started == 0 else { return nil }
    let output = readAll(channel.0)
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(pid, &status, 0, &usage) == pid, status == 0 else { return nil }
    return OtherProgram(seconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), output: output)
  }

  /// Microseconds of one document out of many: the time for `many` without that for `one`, which is start-up.
  static func microseconds(one: [String], many: [String], documents: Int) -> Double? {
    var times: [Double] = []
    for _ in 0..<5 {
      guard let small = run(one), let large = run(many) else { return nil }
      times.append((large.seconds - small.seconds) / Double(documents - 1) * 1e6)
    }
    return PairedTime.median(times)
  }

  private static func readAll(_ descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
}
