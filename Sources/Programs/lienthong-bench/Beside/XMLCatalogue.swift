import FileKit
import Glibc

/// The project's catalogue with one tongue more: the dossier of generation A as XML, so that XML comes in as well.
///
/// Its mapping is the shipped one of generation A, told to read XML: both trees have the same elements.
final class XMLCatalogue {
  static let messageType = "bench/ho-so"
  /// Where schema and script of the comparison lie.
  static let fixtures = "Tests/Fixtures/bench/line"
  private static let shipped = "dvcqg-a.ho-so--canonical"

  private let folder: BenchFolder
  var path: String { folder.path }

  /// - Parameter project: the project's folder.
  init(project: String) throws {
    folder = try BenchFolder()
    for part in ["Schemas", "Mappings", "Deploy", "Deploy/partners"] { mkdir(folder.path + "/" + part, 0o700) }
    for part in ["Schemas", "Mappings", "Deploy/partners"] {
      let listing = try FolderListing(of: project + "/" + part)
      for name in listing.folders + listing.files where !name.hasSuffix(".md") {
        symlink("\(project)/\(part)/\(name)", "\(folder.path)/\(part)/\(name)")
      }
    }
    symlink(project + "/" + Self.fixtures, folder.path + "/Schemas/bench")
    let mapping = "Mappings/bench.ho-so--canonical"
    mkdir(folder.path + "/" + mapping, 0o700)
    mkdir(folder.path + "/" + mapping + "/1", 0o700)
    let rows = String(decoding: try BenchFile.read("\(project)/Mappings/\(Self.shipped)/1/mapping.yaml"), as: UTF8.self)
    let lines = rows.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.hasPrefix("mapping: ") { return "mapping: bench.ho-so--canonical" }
      if line.hasPrefix("source: ") { return "source: { schema: bench/ho-so.xsd, format: xml }" }
      return String(line)
    }
    _ = try folder.write(Array(lines.joined(separator: "\n").utf8), as: mapping + "/1/mapping.yaml")
    _ = try folder.write(Array(Self.profile.utf8), as: "Deploy/partners/bench.yaml")
  }

  deinit { folder.remove() }

  private static let profile = """
    profile: bench
    version: 1
    title: The dossier of generation A as XML
    messages:
      ho-so:
        format: xml
        kind: dossier
        recognise: "self::root[MaHoSo and MaTTHC]"
        schema: bench/ho-so.xsd
        toCanonical: bench.ho-so--canonical

    """
}
