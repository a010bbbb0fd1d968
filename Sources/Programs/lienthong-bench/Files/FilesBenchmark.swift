import Glibc
import HTTPKit
import Synchronization

/// One large file in and out of a gateway: how fast, and by how much the gateway grows.
struct FilesBenchmark {
  private let program: String
  private let site: BenchSite
  private let megabytes: Int

  /// - Parameter megabytes: size of the file, in MiB; zeros, which cost the gateway what other bytes cost.
  init(megabytes: Int) throws {
    program = BenchFile.programBeside("lienthong")
    site = try BenchSite(catalogue: try BenchFile.currentFolder(), sinkPort: 9, threads: nil)
    self.megabytes = megabytes
  }

  func run() throws {
    let gateway = try GatewayProcess(program: program, site: site)
    defer { gateway.stop() }
    let client = try HTTPClient()
    let count = megabytes << 20
    gateway.forgetPeak()
    let idle = gateway.peakKibibytes
    print("\(megabytes) MiB; the gateway idle: \(idle / 1_024) MiB")

    var request = HTTPClientRequest(
      method: .put, url: "http://127.0.0.1:\(gateway.port)/v1/files", headers: ["X-Api-Key": BenchSite.senderKey],
      timeouts: HTTPClientTimeouts(firstByte: nil, whole: .seconds(3_600)))
    request.upload = try HTTPBodySource(takingOwnershipOf: sparseFile(count), range: 0..<count)
    var start = Clock.seconds
    guard let answer = client.sendBlocking(request).response, answer.status == 201,
      let place = answer.headers["Location"]
    else { throw BenchError("the file was not taken") }
    report("in", since: start, idle, gateway)

    let sink = CountingSink()
    var question = HTTPClientRequest(
      method: .get, url: "http://127.0.0.1:\(gateway.port)\(place)", headers: ["X-Api-Key": BenchSite.senderKey],
      timeouts: HTTPClientTimeouts(firstByte: nil, whole: .seconds(3_600)), responseBytesLimit: count)
    question.download = sink
    start = Clock.seconds
    guard client.sendBlocking(question).response?.status == 200, sink.count == count else {
      throw BenchError("the file did not come back")
    }
    report("out", since: start, idle, gateway)
  }

  private func report(_ way: String, since start: Double, _ idle: Int, _ gateway: GatewayProcess) {
    let seconds = Clock.seconds - start
    let rate = Int(Double(megabytes) / seconds)
    print(
      "\(way): \(rate) MiB/s; the gateway has grown by \(gateway.peakKibibytes - idle) KiB at most (bar 65536)")
  }

  private func sparseFile(_ count: Int) throws -> Int32 {
    var template = Array((site.folder + "/file-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw BenchError("no temporary file can be made") }
    unlink(template)
    guard ftruncate(descriptor, off_t(count)) == 0 else { throw BenchError("the disk has no such file") }
    return descriptor
  }
}

private final class CountingSink: HTTPDownloadSink {
  private let total = Atomic<Int>(0)
  var count: Int { total.load(ordering: .relaxed) }

  func receive(_ piece: UnsafeRawBufferPointer) -> Bool {
    total.add(piece.count, ordering: .relaxed)
    return true
  }
}
