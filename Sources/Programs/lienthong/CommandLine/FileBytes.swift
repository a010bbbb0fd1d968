import DocumentKit
import FileKit
import JSONKit

/// The bytes of a file, or of standard input for `-`.
enum FileBytes {
  /// Largest file a command reads, in bytes.
  static let limit = 256 * 1_024 * 1_024

  static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
    do throws(FileError) {
      return path == "-"
        ? try FileContent.readStandardInput(limit: limit) : try FileContent.read(path, limit: limit)
    } catch {
      throw .unusable(
        Sentence(
          "cannot read '\(error.path)': \(error.message)", "không đọc được '\(error.path)': \(error.message)"))
    }
  }

  /// A file that has to be JSON.
  static func json(_ path: String) throws(CommandFailure) -> JSONDocument {
    let bytes = try read(path)
    do throws(JSONError) {
      return try JSONDocument(parsing: bytes)
    } catch {
      throw .unusable(Sentence("'\(path)' is no JSON: \(error)", "'\(path)' không phải là JSON: \(error)"))
    }
  }
}
