import DocumentKit

/// All mappings and code tables of a folder, compiled, by name and version.
///
/// The folder holds `codes/<table>.yaml` and `<source>--<target>/<version>/` with a `mapping.yaml` or, in its place, a
/// `transform.xsl`. It is loaded whole or not at all: every mistake in every file is reported at once.
package struct MappingRegistry: Sendable {
  package let codes: CodeTableRegistry
  private let versions: [String: [Int: Mapping]]

  package init(contentsOf folder: String, limits: TranslationLimits = .standard) throws(MappingErrors) {
    var loader = MappingFolderLoader(folder: folder, limits: limits)
    let codes = loader.loadCodes()
    let mappings = loader.loadMappings(codes)
    guard loader.errors.isEmpty else { throw MappingErrors(loader.errors) }
    self.init(mappings, codes: codes)
  }

  /// A registry of mappings made elsewhere; two of one name and version are a mistake and trap.
  package init(_ mappings: [Mapping], codes: CodeTableRegistry = .empty) {
    self.codes = codes
    versions = Dictionary(grouping: mappings, by: \.name).mapValues { versions in
      Dictionary(uniqueKeysWithValues: versions.map { ($0.version, $0) })
    }
  }

  package var names: [String] { versions.keys.sorted() }

  /// Every version of every mapping, by name and then by version.
  package var mappings: [Mapping] {
    names.flatMap { name in versions[name, default: [:]].sorted { $0.key < $1.key }.map(\.value) }
  }

  package subscript(name: String, version: Int) -> Mapping? {
    versions[name]?[version]
  }

  /// The mapping of this name with the highest version.
  package func latest(named name: String) -> Mapping? {
    versions[name]?.max { $0.key < $1.key }?.value
  }

  /// The known name nearest to one that is not there, for a hint.
  package func nearest(to name: String) -> String? {
    NearestName.of(name, among: names)
  }
}
