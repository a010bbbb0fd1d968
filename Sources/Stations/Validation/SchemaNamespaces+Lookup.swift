extension SchemaNamespaces {
  /// Why a namespace does not lead to one schema.
  package struct LookupError: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable {
      case unknownNamespace, unknownVersion, severalVersions, unknownRoot, severalFiles
    }

    package let code: Code
    /// What there is, and how to choose; a sentence without its full stop.
    package let message: String

    package var description: String { message }
  }

  /// The one schema that describes a namespace, said as its URI, or as `URI#VERSION` where it has several versions.
  ///
  /// Where several files of a version describe it, one is meant if only it has the root. What is included by another
  /// file is part of that one. The error says what there is and how to choose.
  package func schema(named text: String, root: String? = nil) throws(LookupError) -> Entry {
    let (namespace, version) = split(text)
    let all = entries.filter { $0.namespace == namespace }
    let versions = Set(all.map(\.version)).sorted()
    guard let latest = versions.last else { throw unknown(namespace) }
    if let version, !versions.contains(version) {
      throw LookupError(
        code: .unknownVersion,
        message: "there is no version \(version) of the namespace \(namespace); write "
          + Self.list(versions.map { "\(namespace)#\($0)" }, "or"))
    }
    if version == nil, versions.count > 1 {
      throw LookupError(
        code: .severalVersions,
        message: "the namespace \(namespace) has the versions \(Self.list(versions.map(String.init), "and")); write "
          + Self.list(versions.map { "\(namespace)#\($0)" }, "or"))
    }
    return try only(Self.whole(entries(of: namespace, version: version ?? latest)), of: namespace, root: root)
  }

  private func only(
    _ files: [Entry], of namespace: String, root: String?,
  ) throws(LookupError) -> Entry {
    let fitting = root.map { root in files.filter { roots(of: $0).contains(root) } } ?? files
    if fitting.count == 1, let only = fitting.first { return only }
    let known = files.map { file in
      let roots = roots(of: file)
      return file.path
        + (roots.isEmpty ? "" : " (\(roots.prefix(5).joined(separator: ", "))\(roots.count > 5 ? ", …" : ""))")
    }
    guard !fitting.isEmpty else {
      throw LookupError(
        code: .unknownRoot,
        message: "no schema of the namespace \(namespace) has the root \(root ?? ""); there "
          + (known.count == 1 ? "is " : "are ") + Self.list(known, "and"))
    }
    throw LookupError(
      code: .severalFiles,
      message: "the namespace \(namespace) is described by \(Self.list(known, "and")); name the file that is meant")
  }

  /// A namespace may itself have a `#` and digits behind it: one that is known as a whole is taken as a whole.
  private func split(_ text: String) -> (namespace: String, version: Int?) {
    guard !entries.contains(where: { $0.namespace == text }), let sign = text.lastIndex(of: "#"),
      let version = Int(text[text.index(after: sign)...])
    else { return (text, nil) }
    return (String(text[..<sign]), version)
  }

  private func unknown(_ namespace: String) -> LookupError {
    let known = Set(entries.map(\.namespace)).sorted()
    return LookupError(
      code: .unknownNamespace,
      message: "no schema describes the namespace \(namespace); "
        + (known.isEmpty
          ? "no XML Schema here has a namespace: name the file" : "known here: \(known.joined(separator: ", "))"))
  }

  private static func list(_ words: [String], _ last: String) -> String {
    words.count < 2
      ? words.joined() : words.dropLast().joined(separator: ", ") + " \(last) " + (words.last ?? "")
  }
}
