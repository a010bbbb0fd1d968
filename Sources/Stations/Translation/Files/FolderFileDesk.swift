import CryptographyKit
package import FileKit

/// Keeps files in a folder, each under the SHA-256 of its bytes: `<folder>/ab/abcdef…`.
///
/// A claimed file is on the disk, with its name, when `claim` returns, so a message may be acknowledged after it. The
/// same file claimed twice is kept once. Files of the folder are addressed by `baseURL` and their hash where another
/// server offers them; uploads are not known here.
package final class FolderFileDesk: FileDesk {
  private let folder: String
  private let baseURL: String?
  private let bytesLimit: Int

  /// `baseURL` without the slash at its end; nil if nobody serves the folder. The folder is made when the first file is
  /// claimed.
  package init(folder: String, baseURL: String? = nil, limits: TranslationLimits = .standard) {
    self.folder = folder
    self.baseURL = baseURL
    bytesLimit = limits.fileBytes
  }

  package func claim(_ bytes: [UInt8]) throws(FileError) -> FileReference {
    let reference = FileReference(of: bytes)
    try DurableFile.makeFolder(folder)
    try DurableFile.makeFolder(subfolder(of: reference))
    try DurableFile.write(bytes, to: path(of: reference))
    return reference
  }

  /// A file whose bytes are not what its name says is damaged and an error, never handed out.
  package func content(of reference: FileReference) throws(FileError) -> [UInt8]? {
    let path = path(of: reference)
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileContent.read(path, limit: bytesLimit)
    } catch {
      guard error.code == .missing else { throw error }
      return nil
    }
    guard FileReference(of: bytes) == reference else {
      throw FileError(.damaged, path: path, message: "its bytes are not those its name says; restore it from a backup")
    }
    return bytes
  }

  package func url(of reference: FileReference) throws(FileError) -> String? {
    guard let baseURL, try content(of: reference) != nil else { return nil }
    return baseURL + "/" + reference.sha256
  }

  package func upload(of _: FileReference) throws(FileError) -> PartnerFile? { nil }

  private func subfolder(of reference: FileReference) -> String { folder + "/" + reference.sha256.prefix(2) }
  private func path(of reference: FileReference) -> String { subfolder(of: reference) + "/" + reference.sha256 }
}
