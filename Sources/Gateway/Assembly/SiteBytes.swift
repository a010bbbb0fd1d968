import DocumentKit
import FileKit

/// Files that a site names besides its YAML: certificates and dictionaries.
enum SiteBytes {
  /// Largest such file, in bytes.
  static let limit = 64 * 1_024 * 1_024

  static func read(_ path: String) throws(SiteErrors) -> [UInt8] {
    do throws(FileError) {
      return try FileContent.read(path, limit: limit)
    } catch {
      throw SiteErrors([SiteFinding(error)])
    }
  }
}

extension SiteFinding {
  /// A file that the site names and that cannot be read.
  init(_ error: FileError) {
    self.init(
      .file, at: nil, Sentence(error.description, "không đọc được tệp: \(error.description)"))
  }
}
