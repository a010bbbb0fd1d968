import FileKit

/// Files of which every edition is kept: `<folder>/<name>/<version>.yaml`.
package enum VersionedFiles {
  /// The files below each name; a folder that cannot be read is noted.
  package static func list(_ folder: String, _ files: inout ConfigurationFiles) -> [(name: String, paths: [String])] {
    do throws(FileError) {
      return try FolderListing(of: folder).folders.map {
        ($0, FolderListing.files(in: "\(folder)/\($0)", ending: ".yaml"))
      }
    } catch {
      files.note(unreadable: folder, error.message, remedy: "look at the folder")
      return []
    }
  }

  /// Notes a file whose path says another name or version than its text.
  ///
  /// - Parameter name: the key that says the name, what it says, and the name of the folder.
  package static func check(
    _ section: ConfigurationSection, name: (key: String, said: String, folder: String), _ version: Int, _ path: String
  ) {
    if name.said != name.folder {
      section.note("the folder is named ‘\(name.folder)’", key: name.key, remedy: "let them agree")
    }
    if !path.hasSuffix("/\(version).yaml") {
      section.note("the file is not named so", key: "version", remedy: "name it NUMBER.yaml")
    }
  }
}
