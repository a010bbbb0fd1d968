/// A schema or stylesheet with all files it refers to, read and checked before libxml2 sees any of them.
///
/// References are followed only by relative path under the root folder, or through the catalogue; everything else is
/// refused with its place. In the bytes handed on, each reference is replaced by a name of this bundle, so that libxml2
/// can ask for nothing else: it never opens a file.
struct XMLFileBundle: Sendable {
  /// What each file may cost.
  struct Limits: Sendable {
    var files: Int
    var fileBytes: Int
  }

  /// The name of the file that everything began with.
  let mainName: String
  /// Texts by name, with references replaced; line numbers are those of the files.
  private(set) var files: [String: [UInt8]] = [:]
  /// Paths by name.
  private(set) var paths: [String: String] = [:]

  /// A file that is still to be read, and the folder it may refer into.
  private struct Pending: Sendable {
    let name: String
    let path: String
    let root: String
  }

  private let language: XMLFileLanguage
  private let limits: Limits
  private var names: [String: String] = [:]
  private var pending: [Pending] = []

  /// Gathers the file at `path` and what it refers to under `root`, which is the file's own folder unless given.
  ///
  /// `rewriting` gives the text of each file that is handed on in place of its own.
  init(
    contentsOf path: String, root: String?, language: XMLFileLanguage, limits: Limits,
    rewriting: (String, [UInt8]) throws(XMLError) -> [UInt8] = { _, text throws(XMLError) in text }
  ) throws(XMLError) {
    let main = try XMLFile.resolved(path)
    let rootFolder: String
    if let root { rootFolder = try XMLFile.resolved(root) } else { rootFolder = XMLFile.folder(of: main) }
    guard Self.isInside(main, rootFolder) else {
      throw XMLError(.referenceRefused, "the file is outside of its root folder \(rootFolder)", path: main)
    }
    self.language = language
    self.limits = limits
    mainName = Self.name(0)
    names[main] = mainName
    pending = [Pending(name: mainName, path: main, root: rootFolder)]
    try readPending(rewriting)
  }

  /// A bundle of one text that refers to no file.
  init(text: [UInt8], language: XMLFileLanguage, limits: Limits) throws(XMLError) {
    guard text.count <= limits.fileBytes else {
      throw XMLError(.limitExceeded, "the text exceeds the limit fileBytes = \(limits.fileBytes)")
    }
    self.language = language
    self.limits = limits
    mainName = Self.name(0)
    let document = try XMLDocument(parsingTrusted: text)
    if let reference = language.references(in: document).first {
      let place = reference.element.position
      throw XMLError(
        .referenceRefused, "a text without folder cannot refer to files; load it from a file", line: place?.line ?? 0,
        column: place?.column ?? 0)
    }
    files[mainName] = XMLReferencePatch.withoutForeignDeclaration(document.source, original: text)
  }

  /// The path of a name, for messages.
  func path(of name: String) -> String? { paths[name] }

  private mutating func readPending(
    _ rewriting: (String, [UInt8]) throws(XMLError) -> [UInt8]
  ) throws(XMLError) {
    while let next = pending.popLast() {
      let text = try rewriting(next.path, try XMLFile.read(next.path, limit: limits.fileBytes))
      paths[next.name] = next.path
      let document: XMLDocument
      do throws(XMLError) {
        document = try XMLDocument(parsingTrusted: text)
      } catch {
        throw error.placed(in: next.path)
      }
      var bytes = XMLReferencePatch.withoutForeignDeclaration(document.source, original: text)
      // From the last to the first, so that offsets before the patch stay right.
      for reference in language.references(in: document).reversed() {
        let name = try name(for: reference, from: next)
        XMLReferencePatch.set(reference.attribute, to: name, at: reference.element.mark.offset, in: &bytes)
      }
      files[next.name] = bytes
    }
  }

  private mutating func name(for reference: XMLFileLanguage.Reference, from file: Pending) throws(XMLError) -> String {
    let place = reference.element.position
    func refusal(_ sentence: String, _ cause: XMLError? = nil) -> XMLError {
      XMLError(
        .referenceRefused, sentence, line: place?.line ?? 0, column: place?.column ?? 0, path: file.path, cause: cause)
    }
    let wanted: String
    if let catalogued = reference.catalogued {
      wanted = catalogued
    } else {
      let location = reference.location ?? ""
      guard !location.isEmpty, !location.hasPrefix("/"), !location.contains(":") else {
        let remedy = reference.namespace.map { "; add the namespace \($0) to the catalogue" } ?? ""
        throw refusal("\"\(location)\" is no relative path, nothing else is followed\(remedy)")
      }
      wanted = XMLFile.folder(of: file.path) + "/" + location
    }
    let path: String
    do throws(XMLError) {
      path = try XMLFile.resolved(wanted)
    } catch {
      throw refusal("the file it refers to cannot be read", error)
    }
    let root = reference.catalogued == nil ? file.root : XMLFile.folder(of: path)
    guard Self.isInside(path, root) else {
      throw refusal("it refers to a file outside of the folder \(root)")
    }
    if let known = names[path] { return known }
    guard names.count < limits.files else {
      throw XMLError(.limitExceeded, "there are more files than the limit files = \(limits.files)", path: file.path)
    }
    let name = Self.name(names.count)
    names[path] = name
    pending.append(Pending(name: name, path: path, root: root))
    return name
  }

  private static func isInside(_ path: String, _ folder: String) -> Bool {
    path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
  }

  // An absolute URI of a scheme that nothing else serves, so that libxml2 resolves it to itself.
  private static func name(_ index: Int) -> String { "lienthong:/file/\(index)" }
}

extension XMLError {
  /// The same error with the file it happened in.
  func placed(in path: String) -> XMLError {
    var error = self
    error.path = path
    return error
  }
}
