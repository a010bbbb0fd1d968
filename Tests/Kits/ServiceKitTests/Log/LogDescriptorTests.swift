import Glibc
import ServiceKit
import Testing
import ThreadKit

@Suite("Log: a slow or broken descriptor", .timeLimit(.minutes(1)))
struct LogDescriptorTests {
  /// A pipe; reading gives everything until the writing end is closed.
  private final class Pipe {
    private(set) var readEnd: Int32 = -1
    private(set) var writeEnd: Int32 = -1

    init() throws {
      var ends: [Int32] = [0, 0]
      try #require(pipe(&ends) == 0)
      (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
      closeReading()
      closeWriting()
    }

    func closeReading() {
      if readEnd >= 0 { close(readEnd) }
      readEnd = -1
    }

    func closeWriting() {
      if writeEnd >= 0 { close(writeEnd) }
      writeEnd = -1
    }

    func readAll() -> String {
      var all: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = read(readEnd, &chunk, chunk.count)
        guard count > 0 else { return String(decoding: all, as: UTF8.self) }
        all += chunk.prefix(count)
      }
    }
  }

  @Test("Lines of several threads come out whole, every one, each thread's in its order")
  func manyThreads() throws {
    let pipe = try Pipe()
    var limits = LogLimits()
    limits.repeatedLines = .max
    let log = Log(descriptor: pipe.writeEnd, limits: limits)
    let threads = (0..<4).map { number in
      WorkerThread(name: "writer") {
        for line in 0..<500 { log.info("line", [.node("n\(number)"), .count(line)]) }
      }
    }
    let output = Monitor("")
    let reading = pipe.readEnd
    let reader = WorkerThread(name: "reader") { [reading] in
      var all: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = read(reading, &chunk, chunk.count)
        guard count > 0 else { break }
        all += chunk.prefix(count)
      }
      let text = String(decoding: all, as: UTF8.self)
      output.withLock { $0 = text }
    }
    #expect(threads.allSatisfy { $0.join(deadline: .seconds(30)) })
    #expect(log.flush(deadline: .seconds(10)))
    pipe.closeWriting()
    #expect(reader.join(deadline: .seconds(10)))
    let lines = output.withLock { $0 }.split(separator: "\n").map(String.init)
    #expect(lines.count == 2_000)
    for number in 0..<4 {
      let own = lines.filter { $0.contains("node=n\(number) ") }.map { $0.split(separator: "=").last.map(String.init) }
      #expect(own == (0..<500).map { String($0) })
    }
  }

  @Test("A descriptor nobody reads holds up no caller; what does not fit is dropped, counted and told")
  func slowDescriptor() throws {
    let pipe = try Pipe()
    var limits = LogLimits()
    limits.repeatedLines = .max
    limits.bufferBytes = 10_000
    let log = Log(descriptor: pipe.writeEnd, limits: limits)
    // The pipe takes 64 KiB, the buffer 10,000 bytes, a line has about 60.
    let clock = SystemTimeSource()
    let start = clock.monotonic()
    for number in 0..<5_000 { log.info("line", [.count(number)]) }
    #expect(clock.monotonic() - start < .seconds(5))
    #expect(!log.flush(deadline: .milliseconds(10)))
    let reading = pipe.readEnd
    let output = Monitor("")
    let reader = WorkerThread(name: "reader") {
      var all: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = read(reading, &chunk, chunk.count)
        guard count > 0 else { break }
        all += chunk.prefix(count)
      }
      let text = String(decoding: all, as: UTF8.self)
      output.withLock { $0 = text }
    }
    #expect(log.flush(deadline: .seconds(10)))
    log.info("after")
    #expect(log.flush(deadline: .seconds(10)))
    pipe.closeWriting()
    #expect(reader.join(deadline: .seconds(10)))
    let lines = output.withLock { $0 }.split(separator: "\n").map(String.init)
    let written = lines.filter { $0.contains("event=line ") }.count
    let told = lines.filter { $0.contains("event=log-lines-dropped count=") }
      .compactMap { $0.split(separator: "=").last.flatMap { Int($0) } }.reduce(0, +)
    #expect(written < 5_000)
    #expect(written + told == 5_000)
    #expect(lines.last?.contains("event=after") == true)
  }

  @Test("Limit: bytes that wait")
  func bufferLimit() throws {
    let pipe = try Pipe()
    // Filled up, so that nothing leaves the buffer.
    let flags = fcntlFlags(pipe.writeEnd)
    let filler = [UInt8](repeating: 0, count: 4_096)
    while write(pipe.writeEnd, filler, filler.count) > 0 {}
    fcntlRestore(pipe.writeEnd, flags)
    let output = LogDescriptor(descriptor: pipe.writeEnd, bufferBytes: 10) { _ in [] }
    #expect(output.append([UInt8](repeating: 65, count: 10)))
    #expect(!output.append([65]))
    #expect(output.droppedLines == 1)
    #expect(!output.append([UInt8](repeating: 65, count: 11)))
    #expect(output.droppedLines == 2)
    // Lets the writing thread end.
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    _ = read(pipe.readEnd, &chunk, chunk.count)
    #expect(output.flush(deadline: .seconds(10)))
  }

  @Test("A descriptor that refuses for good counts the lines as dropped and holds up nobody")
  func closedPipe() throws {
    let pipe = try Pipe()
    pipe.closeReading()
    let output = LogDescriptor(descriptor: pipe.writeEnd, bufferBytes: 1_000) { _ in [] }
    #expect(output.append([65, 10]))
    #expect(output.append([66, 10]))
    #expect(output.flush(deadline: .seconds(10)))
    #expect(output.droppedLines == 2)
  }

  private func fcntlFlags(_ descriptor: Int32) -> Int32 {
    let flags = fcntl(descriptor, F_GETFL)
    _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
    return flags
  }

  private func fcntlRestore(_ descriptor: Int32, _ flags: Int32) {
    _ = fcntl(descriptor, F_SETFL, flags)
  }
}
