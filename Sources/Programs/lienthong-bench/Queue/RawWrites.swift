import Glibc

/// Appends to a file and syncs it: what the disk gives to anybody who promises something.
enum RawWrites {
  /// Messages a second, so many to a sync, for about two seconds.
  static func measure(in folder: String, bytes: Int, batch: Int) throws -> Double {
    let descriptor = open(folder + "/raw", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw BenchError("\(folder)/raw cannot be written") }
    defer {
      close(descriptor)
      unlink(folder + "/raw")
    }
    let body = [UInt8](repeating: 0x5A, count: bytes)
    let start = Clock.seconds
    var count = 0
    while Clock.seconds - start < 2 {
      for _ in 0..<batch {
        guard write(descriptor, body, bytes) == bytes else { throw BenchError("\(folder)/raw cannot be written") }
      }
      guard fdatasync(descriptor) == 0 else { throw BenchError("\(folder)/raw cannot be synced") }
      count += batch
    }
    return Double(count) / (Clock.seconds - start)
  }
}
