import Glibc

/// A folder of this package, found from the place of this very file.
struct PackageFolder: Sendable {
  let path: String

  /// The package's own folder: the first one upwards that holds a Package.swift.
  static let root: PackageFolder = {
    var parts = #filePath.split(separator: "/").dropLast()
    while !parts.isEmpty {
      let path = "/" + parts.joined(separator: "/")
      if access(path + "/Package.swift", R_OK) == 0 { return PackageFolder(path: path) }
      parts.removeLast()
    }
    preconditionFailure("no Package.swift above \(#filePath)")
  }()

  subscript(_ name: String) -> PackageFolder { PackageFolder(path: path + "/" + name) }

  /// The names in this folder, sorted; none if it cannot be read, which the tests that count them report.
  var names: [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      // The name ends with a zero byte within the structure that readdir lends until its next call.
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  func read(_ name: String) throws -> [UInt8] {
    let file = path + "/" + name
    guard let stream = fopen(file, "rb") else { throw Unreadable(file: file) }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, stream)
      bytes += chunk[..<count]
      if count < chunk.count { break }
    }
    guard ferror(stream) == 0 else { throw Unreadable(file: file) }
    return bytes
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = path + "/" + name
    guard let stream = fopen(file, "wb") else { throw Unwritable(file: file) }
    let count = fwrite(bytes, 1, bytes.count, stream)
    guard fclose(stream) == 0, count == bytes.count else { throw Unwritable(file: file) }
  }

  struct Unwritable: Error, CustomStringConvertible {
    let file: String
    var description: String { "\(file) cannot be written" }
  }

  struct Unreadable: Error, CustomStringConvertible {
    let file: String
    var description: String { "\(file) cannot be read; the tests need the files that are kept with the sources" }
  }
}
