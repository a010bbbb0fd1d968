import CCurl
import Glibc

/// A private key as the file that libssh2 wants, without any disk: memory under a path of this process.
final class PrivateKeyFile {
  private let descriptor: Int32
  /// For this process, as long as the object lives.
  var path: String { "/proc/self/fd/\(descriptor)" }

  /// nil when the machine gives no memory for it.
  init?(_ key: [UInt8]) {
    descriptor = lt_memory_file("key")
    guard descriptor >= 0 else { return nil }
    var written = 0
    while written < key.count {
      let count = key[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return nil }
      written += count
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
