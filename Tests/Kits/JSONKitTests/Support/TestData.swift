import Glibc
import Testing

@testable import JSONKit

/// Test data of others (`Tests/Fixtures/outside`); what is not there fails loudly.
enum TestData {
  struct Missing: Error, CustomStringConvertible {
    let path: String
    var description: String { "the test data \(path) is not there; it belongs to the package" }
  }

  /// Below the package root, which is the folder above this file that has `Package.swift`.
  static let root: String = {
    var folder = #filePath
    while let slash = folder.lastIndex(of: "/") {
      folder = String(folder[..<slash])
      if access(folder + "/Package.swift", F_OK) == 0 { break }
    }
    return folder + "/Tests/Fixtures/outside"
  }()

  static func bytes(_ path: String) throws -> [UInt8] {
    guard let file = fopen("\(root)/\(path)", "r") else { throw Missing(path: path) }
    defer { fclose(file) }
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { result += chunk[..<count] }
    return result
  }

  static func document(_ path: String, limits: JSONLimits = .standard) throws -> JSONDocument {
    try JSONDocument(parsing: bytes(path), limits: limits)
  }

  /// The names in a folder, sorted, without those that begin with a dot.
  static func names(in folder: String) throws -> [String] {
    guard let directory = opendir("\(root)/\(folder)") else { throw Missing(path: folder) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
