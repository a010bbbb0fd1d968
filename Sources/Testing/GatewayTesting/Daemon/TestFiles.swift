import Glibc

/// Files of tests, read and written whole.
package enum TestFiles {
  package static func read(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return bytes
  }

  /// Writes a file and the folders it needs.
  package static func write(_ text: String, to path: String) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
    guard let file = fopen(path, "w") else { preconditionFailure("\(path) cannot be written") }
    fputs(text, file)
    fclose(file)
  }

  /// The project's own folder, found from where this file was compiled.
  package static let projectRoot: String = {
    // …/Sources/Testing/GatewayTesting/Daemon/TestFiles.swift
    #filePath.split(separator: "/").dropLast(5).reduce("") { $0 + "/" + $1 }
  }()

  /// A program built together with the tests.
  package static func program(_ name: String) -> String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &path, path.count - 1)
    let own = String(decoding: path[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let beside = own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/" + name
    return access(beside, X_OK) == 0 ? beside : projectRoot + "/.build/debug/" + name
  }
}
