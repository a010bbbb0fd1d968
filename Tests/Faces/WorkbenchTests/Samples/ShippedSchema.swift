import DocumentKit
import FileKit
import GatewayTesting
import Testing

/// A schema of the installation with one of its roots.
struct ShippedSchema: Sendable, CustomTestStringConvertible {
  /// Below `Schemas/`.
  let name: String
  let root: String
  var testDescription: String { "\(name) \(root)" }
  var path: String { Self.folder + "/" + name }

  /// Whether it, or another schema beside it, says `oneOf`.
  var hasOneOf: Bool {
    let folder = path.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    return ((try? FolderListing(of: folder))?.files ?? []).contains {
      $0.hasSuffix(".json") && String(decoding: TestFiles.read(folder + "/" + $0), as: UTF8.self).contains("\"oneOf\"")
    }
  }

  static let folder: String = {
    // Tests/Faces/WorkbenchTests/Samples/<this file>
    #filePath.split(separator: "/").dropLast(5).map { "/" + $0 }.joined() + "/Schemas"
  }()

  /// Schemas for editors, of files that engineers write: keys exclude one another there, which no sample is made for.
  private static let forEditors: Set = [
    "lienthong-calendar", "lienthong-gateway", "lienthong-mapping", "lienthong-partner", "lienthong-procedure",
    "lienthong-services",
  ]

  /// Every root of every tongue's schemas.
  static let all: [ShippedSchema] = {
    var found: [ShippedSchema] = []
    for tongue in (try? FolderListing(of: folder))?.folders ?? [] where !forEditors.contains(tongue) {
      for version in (try? FolderListing(of: folder + "/" + tongue))?.folders ?? [] {
        let files = (try? FolderListing(of: "\(folder)/\(tongue)/\(version)"))?.files ?? []
        for file in files where file.hasSuffix(".xsd") || file.hasSuffix(".schema.json") {
          let name = "\(tongue)/\(version)/\(file)"
          guard let shape = try? SchemaShape(contentsOf: folder + "/" + name) else { continue }
          found += shape.roots.map { ShippedSchema(name: name, root: shape[$0].name) }
        }
      }
    }
    return found
  }()
}
