import FileKit

/// The bytes of a file, or of standard input for `-`.
enum FileBytes {
  /// Largest file a command reads, in bytes.
  static let limit = 256 * 1_024 * 1_024

  static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
    do throws(FileError) {
      return path == "-"
        ? try FileContent.readStandardInput(limit: limit) : try FileContent.read(path, limit: limit)
    } catch {
      throw .unusable("cannot read '\(error.path)': \(error.message)")
    }
  }
}
