import FileKit
import Glibc

/// A folder of this package, found from the place of this very file.
struct PackageFolder: Sendable {
  let path: String

  /// The package's own folder: the first one upwards that holds a Package.swift.
  static let root: PackageFolder = {
    var parts = #filePath.split(separator: "/").dropLast()
    while !parts.isEmpty {
      let path = "/" + parts.joined(separator: "/")
      if access(path + "/Package.swift", R_OK) == 0 { return PackageFolder(path: path) }
      parts.removeLast()
    }
    preconditionFailure("no Package.swift above \(#filePath)")
  }()

  subscript(_ name: String) -> PackageFolder { PackageFolder(path: path + "/" + name) }

  /// The names in this folder, sorted; none if it cannot be read, which the tests that count them report.
  var names: [String] {
    guard let listing = try? FolderListing(of: path) else { return [] }
    return (listing.files + listing.folders).sorted()
  }

  /// The folders below `Schemas/`, as `<partner>/<version>`, with a file whose name fits.
  static func schemas(with fits: (String) -> Bool) -> [String] {
    let schemas = root["Schemas"]
    return schemas.names.flatMap { partner in
      schemas[partner].names.map { "\(partner)/\($0)" }.filter { schemas[$0].names.contains(where: fits) }
    }
  }

  func read(_ name: String) throws -> [UInt8] { try FileContent.read(path + "/" + name, limit: 1 << 26) }
}
