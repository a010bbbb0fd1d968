import DocumentKit

/// All mappings and code tables of a folder, compiled, by name and version.
///
/// The folder holds `codes/<table>.yaml` and `<source>--<target>/<version>/` with a `mapping.yaml` or, in its place, a
/// `transform.xsl`. It is loaded whole or not at all: every mistake in every file is reported at once. A site loads those that
/// it uses and no others, because compiling all would be most of its start.
package struct MappingRegistry: Sendable {
  package let codes: CodeTableRegistry
  private let versions: [String: [Int: Mapping]]
  /// Of all that the folder has, loaded or not.
  private let known: [String]

  /// - Parameter wanted: the names of those that are loaded; nil: all.
  package init(
    contentsOf folder: String, only wanted: Set<String>? = nil, limits: TranslationLimits = .standard
  ) throws(MappingErrors) {
    var loader = MappingFolderLoader(folder: folder, limits: limits)
    let codes = loader.loadCodes()
    let names = loader.names()
    let mappings = loader.loadMappings(names.filter { wanted?.contains($0) ?? true }, codes)
    guard loader.errors.isEmpty else { throw MappingErrors(loader.errors) }
    self.init(mappings, known: names, codes: codes)
  }

  /// A registry of mappings made elsewhere; two of one name and version are a mistake and trap.
  package init(_ mappings: [Mapping], codes: CodeTableRegistry = .empty) {
    self.init(mappings, known: mappings.map(\.name), codes: codes)
  }

  private init(_ mappings: [Mapping], known: [String], codes: CodeTableRegistry) {
    self.codes = codes
    self.known = known
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
    NearestName.of(name, among: known)
  }
}
