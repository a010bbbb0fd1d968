import Glibc
import Testing

/// A folder with files that is removed with the test.
final class TemporaryFolder {
  let path: String
  private var made: [String] = []

  init(_ files: [String: String]) throws {
    var template = Array("/tmp/lienthong-mappings-XXXXXX".utf8CString)
    let isMade = template.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkdtemp($0) != nil } ?? false }
    try #require(isMade)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    made = [path]
    for (name, text) in files {
      var parent = path
      for part in name.split(separator: "/").dropLast() {
        parent += "/" + part
        if mkdir(parent, 0o700) == 0 { made.append(parent) }
      }
      let file = try #require(fopen(path + "/" + name, "w"))
      fputs(text, file)
      fclose(file)
      made.append(path + "/" + name)
    }
  }

  deinit {
    for path in made.reversed() { remove(path) }
  }
}
