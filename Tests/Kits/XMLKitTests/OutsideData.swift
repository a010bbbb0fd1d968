import Glibc
import XMLKit

/// Test data of others: `Tests/Fixtures/outside`.
enum OutsideData {
  struct Missing: Error, CustomStringConvertible {
    let path: String
    var description: String {
      "the test data \(path) is not there; it belongs to the package"
    }
  }

  static func read(_ name: String) throws -> [UInt8] {
    var folder = #filePath
    while let slash = folder.lastIndex(of: "/") {
      folder = String(folder[..<slash])
      if access(folder + "/Package.swift", F_OK) == 0 { break }
    }
    let path = "\(folder)/Tests/Fixtures/outside/\(name)"
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw Missing(path: path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }
}
