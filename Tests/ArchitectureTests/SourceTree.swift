import Glibc

/// The project's own sources as text, found from where this file lies.
struct SourceTree {
  struct File {
    /// Below the project's folder, such as `Sources/Kits/XMLKit/XMLNode.swift`.
    let path: String
    let text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// Modules this file imports, whatever their access.
    var imports: [String] {
      lines.compactMap { line in
        var words = line.split(separator: " ")
        while let first = words.first,
          ["package", "public", "internal", "private", "fileprivate", "@testable"].contains(first)
        {
          words.removeFirst()
        }
        guard words.first == "import", words.count == 2 else { return nil }
        return String(words[1])
      }
    }
  }

  static let root: String = {
    // …/Tests/ArchitectureTests/SourceTree.swift
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
  }()

  static func files(below folder: String, ending: String) -> [File] {
    var files: [File] = []
    guard let directory = opendir(root + "/" + folder) else { return [] }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      let path = folder + "/" + name
      if entry.pointee.d_type == DT_DIR {
        files += self.files(below: path, ending: ending)
      } else if name.hasSuffix(ending) {
        files.append(File(path: path, text: read(path)))
      }
    }
    return files.sorted { $0.path < $1.path }
  }

  static func read(_ path: String) -> String {
    guard let file = fopen(root + "/" + path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
