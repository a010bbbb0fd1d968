import DocumentKit
import FileKit

/// Files of which every edition is kept: `<folder>/<name>/<version>.yaml`.
package enum VersionedFiles {
  /// Every edition of each name, the latest last. A folder that cannot be read, and a file whose path says another name or
  /// version than its text, are noted.
  ///
  /// - Parameters:
  ///   - key: the key under which the text says its name.
  ///   - identity: the name and the version of what was read.
  package static func read<Edition>(
    _ folder: String, naming key: String, _ files: inout ConfigurationFiles,
    identity: (Edition) -> (name: String, version: Int), reading body: (ConfigurationSection) -> Edition
  ) -> [String: [Edition]] {
    let names: [String]
    do throws(FileError) {
      names = try FolderListing(of: folder).folders
    } catch {
      files.note(
        unreadable: folder, Sentence(error.message, "không đọc được thư mục: \(error.message)"),
        remedy: Sentence("look at the folder", "hãy xem lại thư mục"))
      return [:]
    }
    var editions: [String: [Edition]] = [:]
    for name in names {
      for path in FolderListing.files(in: "\(folder)/\(name)", ending: ".yaml") {
        let read = files.read(path) { section in
          let edition = body(section)
          check(section, naming: key, identity(edition), folder: name, path: path)
          return edition
        }
        if let read { editions[name, default: []].append(read) }
      }
      editions[name]?.sort { identity($0).version < identity($1).version }
    }
    return editions
  }

  private static func check(
    _ section: ConfigurationSection, naming key: String, _ said: (name: String, version: Int), folder: String,
    path: String
  ) {
    if said.name != folder {
      section.note(
        Sentence("the folder is named ‘\(folder)’", "thư mục tên là ‘\(folder)’"), key: key,
        remedy: Sentence("let them agree", "hãy để hai tên giống nhau"))
    }
    if !path.hasSuffix("/\(said.version).yaml") {
      section.note(
        Sentence("the file is not named so", "tên tệp không phải như vậy"), key: "version",
        remedy: Sentence("name it NUMBER.yaml", "hãy đặt tên là SỐ.yaml"))
    }
  }
}
