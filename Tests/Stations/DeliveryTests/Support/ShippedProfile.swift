import Delivery
import DocumentKit
import Glibc

/// The profiles that are shipped, read from `Deploy/partners`.
enum ShippedProfile {
  static func path(_ name: String) -> String { Package.root + "/Deploy/partners/\(name).yaml" }

  static func read(_ name: String) throws -> PartnerProfile {
    try PartnerProfile(try YAMLDocument(contentsOf: path(name)))
  }
}

/// Where the package lies: found by going up from this file.
enum Package {
  static let root: String = {
    var path = #filePath
    while let slash = path.lastIndex(of: "/") {
      path = String(path[..<slash])
      if access(path + "/Package.swift", F_OK) == 0 { return path }
    }
    preconditionFailure("no Package.swift above this test")
  }()
}
