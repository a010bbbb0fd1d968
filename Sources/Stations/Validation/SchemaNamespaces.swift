import FileKit
package import XMLKit

/// The XML Schemas of an installation by the namespace they describe and their version, beside the paths by which sites and
/// mappings name them.
///
/// A namespace belongs to one tongue, `Schemas/<tongue>/<version>/`, which may describe it in several files. So an import
/// that names no file has one answer, and who knows the root element of a message finds the schemas that may be meant.
package struct SchemaNamespaces: Sendable {
  /// One schema file.
  package struct Entry: Sendable, Equatable {
    /// Below the folder of schemas.
    package let path: String
    /// Empty for a schema without one.
    package let namespace: String
    package let version: Int
    /// The names of the elements that a document may begin with.
    package let roots: [String]
    fileprivate let tongue: String
    /// The files beside it that it includes.
    let parts: [String]
  }

  /// Those with a target namespace, in the order of their paths.
  package let entries: [Entry]
  /// Those without.
  private let plain: [Entry]
  private let folder: String

  /// Largest schema file, in bytes.
  package static let bytesLimit = 16 * 1_024 * 1_024

  /// Reads the heads of all XML Schemas below a folder; throws everything that is wrong with them at once.
  package init(contentsOf folder: String) throws(SchemaNamespaceErrors) {
    var all: [Entry] = []
    var errors: [SchemaNamespaceErrors.Reason] = []
    for tongue in (try? FolderListing(of: folder))?.folders ?? [] {
      for name in (try? FolderListing(of: "\(folder)/\(tongue)"))?.folders ?? [] {
        guard let version = Int(name) else { continue }
        for file in FolderListing.files(in: "\(folder)/\(tongue)/\(name)", ending: ".xsd") {
          let path = String(file.dropFirst(folder.count + 1))
          do throws(SchemaNamespaceErrors.Reason) {
            if let entry = try Self.entry(file, path, tongue, version) { all.append(entry) }
          } catch {
            errors.append(error)
          }
        }
      }
    }
    let entries = all.filter { !$0.namespace.isEmpty }
    for (namespace, same) in Dictionary(grouping: entries, by: \.namespace).sorted(by: { $0.key < $1.key }) {
      let tongues = Dictionary(grouping: same, by: \.tongue).sorted { $0.key < $1.key }
      guard tongues.count > 1 else { continue }
      let paths = tongues.compactMap(\.value.first?.path)
      errors.append(
        .init(
          .clash,
          "the namespace \(namespace) is described by \(paths.joined(separator: " and by ")); "
            + "keep it in one folder of Schemas and import it in the others"))
    }
    guard errors.isEmpty else { throw SchemaNamespaceErrors(reasons: errors) }
    self.entries = entries
    plain = all.filter(\.namespace.isEmpty)
    self.folder = folder
  }

  /// The schemas of a namespace, of its latest version unless another one is asked for; none if it is not known.
  package func entries(of namespace: String, version: Int? = nil) -> [Entry] {
    let all = entries.filter { $0.namespace == namespace }
    let wanted = version ?? all.map(\.version).max()
    return all.filter { $0.version == wanted }
  }

  /// The schemas that may be meant by a message with this root element.
  package func entries(of namespace: String, root: String, version: Int? = nil) -> [Entry] {
    entries(of: namespace, version: version).filter { $0.roots.contains(root) }
  }

  /// The schema file at a path below the folder; nil if it is no XML Schema.
  package func entry(at path: String) -> Entry? { (entries + plain).first { $0.path == path } }

  /// The names of the elements that a document of this schema may begin with, those of the files it includes among them.
  package func roots(of entry: Entry) -> [String] {
    var roots = entry.roots
    var seen: Set<String> = [entry.path]
    var pending = entry.parts
    while let path = pending.popLast() {
      guard seen.insert(path).inserted, let part = self.entry(at: path) else { continue }
      roots += part.roots
      pending += part.parts
    }
    return Set(roots).sorted()
  }

  /// For imports: the file of each namespace, in its latest version, that no file beside it includes. A namespace with
  /// several such files has none here, since an import that names no file does not say which is meant.
  package var catalogue: XMLCatalogue {
    var files: [String: String] = [:]
    for namespace in Set(entries.map(\.namespace)) {
      let whole = Self.whole(entries(of: namespace))
      if whole.count == 1, let path = whole.first?.path { files[namespace] = "\(folder)/\(path)" }
    }
    return XMLCatalogue(files)
  }

  /// Those that no other of them includes.
  static func whole(_ entries: [Entry]) -> [Entry] {
    let parts = Set(entries.flatMap(\.parts))
    return entries.filter { !parts.contains($0.path) }
  }

  private static func entry(
    _ file: String, _ path: String, _ tongue: String, _ version: Int,
  ) throws(SchemaNamespaceErrors.Reason) -> Entry? {
    let document: XMLDocument
    do {
      document = try XMLDocument(parsing: FileContent.read(file, limit: bytesLimit))
    } catch {
      throw .init(.unreadable, "the schema \(path) cannot be read: \(error)")
    }
    guard let head = document.root else { return nil }
    if let written = head.attribute(named: "version")?.text, written != String(version) {
      throw .init(
        .version, "the schema \(path) says version \(written); put it into the folder of that version, or correct it")
    }
    let namespace = head.attribute(named: "targetNamespace")?.text ?? ""
    let beside = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    var roots: [String] = []
    var parts: [String] = []
    for element in head.elements {
      switch element.localName {
      case "element": if let name = element.attribute(named: "name")?.text { roots.append(name) }
      case "include", "redefine":
        if let location = element.attribute(named: "schemaLocation")?.text { parts.append("\(beside)/\(location)") }
      default: break
      }
    }
    return Entry(path: path, namespace: namespace, version: version, roots: roots, tongue: tongue, parts: parts)
  }
}
