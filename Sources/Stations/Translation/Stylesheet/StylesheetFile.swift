import FileKit
import XMLKit

/// Reads the bytes of a stylesheet.
enum StylesheetFile {
  static let bytesLimit = 8 << 20

  static func read(_ path: String) throws(XMLError) -> [UInt8] {
    do throws(FileError) {
      return try FileContent.read(path, limit: bytesLimit)
    } catch {
      switch error.code {
      case .tooLarge:
        throw XMLError(
          .limitExceeded, "the file is larger than \(bytesLimit) bytes; split it with xsl:include", path: path)
      case .missing, .unreadable, .unwritable, .damaged:
        throw XMLError(.fileUnreadable, "the file cannot be read: \(error.message)", path: path)
      }
    }
  }
}
