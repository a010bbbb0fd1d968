package import DocumentKit

extension SchemaNamespaces {
  /// Why a namespace does not lead to one schema.
  package struct LookupError: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable {
      case unknownNamespace, unknownVersion, severalVersions, unknownRoot, severalFiles
    }

    package let code: Code
    /// What there is, and how to choose; a sentence without its full stop.
    package let message: Sentence

    package var description: String { message.english }
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
        message: Sentence(
          "there is no version \(version) of the namespace \(namespace); write ",
          "không gian tên \(namespace) không có phiên bản \(version); hãy viết ")
          + Self.list(versions.map { "\(namespace)#\($0)" }, Self.or))
    }
    if version == nil, versions.count > 1 {
      throw LookupError(
        code: .severalVersions,
        message: Sentence(
          "the namespace \(namespace) has the versions ", "không gian tên \(namespace) có các phiên bản ")
          + Self.list(versions.map(String.init), Self.and) + Sentence("; write ", "; hãy viết ")
          + Self.list(versions.map { "\(namespace)#\($0)" }, Self.or))
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
        message: Sentence(
          "no schema of the namespace \(namespace) has the root \(root ?? ""); there \(known.count == 1 ? "is" : "are") ",
          "không lược đồ nào của không gian tên \(namespace) có gốc \(root ?? ""); có ") + Self.list(known, Self.and))
    }
    throw LookupError(
      code: .severalFiles,
      message: Sentence("the namespace \(namespace) is described by ", "không gian tên \(namespace) được mô tả bởi ")
        + Self.list(known, Self.and) + Sentence("; name the file that is meant", "; hãy nêu tệp cần dùng"))
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
      message: Sentence(
        "no schema describes the namespace \(namespace); ", "không lược đồ nào mô tả không gian tên \(namespace); ")
        + (known.isEmpty
          ? Sentence(
            "no XML Schema here has a namespace: name the file",
            "ở đây không lược đồ XML nào có không gian tên: hãy nêu tệp") : .knownHere(known)))
  }

  private static let or = Sentence("or", "hoặc")
  private static let and = Sentence("and", "và")

  private static func list(_ words: [String], _ last: Sentence) -> Sentence {
    guard words.count > 1 else { return Sentence(same: words.joined()) }
    let first = words.dropLast().joined(separator: ", ")
    return Sentence(same: first + " ") + last + Sentence(same: " " + (words.last ?? ""))
  }
}
