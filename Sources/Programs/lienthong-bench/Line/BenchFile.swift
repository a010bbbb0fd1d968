import FileKit
import Glibc

/// Files and programs of the benchmark.
enum BenchFile {
  static func read(_ path: String) throws -> [UInt8] {
    do throws(FileError) {
      return try FileContent.read(path, limit: 64 * 1_024 * 1_024)
    } catch {
      throw BenchError("\(error); run this from the project's folder")
    }
  }

  /// The project's folder, where benchmarks are run.
  static func currentFolder() throws -> String {
    var folder = [CChar](repeating: 0, count: Int(PATH_MAX))
    guard realpath(".", &folder) != nil else { throw BenchError("the current folder has no path") }
    return String(decoding: folder.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A program that was built together with this one.
  static func programBeside(_ name: String) -> String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &path, path.count - 1)
    let own = String(decoding: path[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/" + name
  }
}
