import Glibc
import XMLKit

/// Reads the bytes of a stylesheet.
enum StylesheetFile {
  static let bytesLimit = 8 << 20

  static func read(_ path: String) throws(XMLError) -> [UInt8] {
    guard let file = fopen(path, "re") else {
      throw XMLError(.fileUnreadable, "the file cannot be read: \(String(cString: strerror(errno)))", path: path)
    }
    defer { fclose(file) }
    let bytes = [UInt8](unsafeUninitializedCapacity: bytesLimit + 1) { buffer, count in
      count = fread(buffer.baseAddress, 1, buffer.count, file)
    }
    guard bytes.count <= bytesLimit else {
      throw XMLError(
        .limitExceeded, "the file is larger than \(bytesLimit) bytes; split it with xsl:include", path: path)
    }
    return bytes
  }
}
