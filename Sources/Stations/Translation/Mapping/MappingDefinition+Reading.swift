package import DocumentKit

extension MappingDefinition {
  /// Reads a `mapping.yaml`; throws everything that is wrong with it at once.
  package init(_ document: YAMLDocument, limits: TranslationLimits = .standard) throws(MappingErrors) {
    var reader = MappingFileReader()
    guard let root = reader.mapping(document.root, known: MappingKeys.file) else { throw MappingErrors(reader.errors) }
    name = reader.requiredString(root, "mapping") ?? ""
    _ = reader.required(root, "version")
    version = reader.count(root, "version") ?? 1
    let source = reader.required(root, "source").flatMap { Self.readSource($0, &reader) }
    let target = reader.required(root, "target").flatMap { Self.readTarget($0, &reader) }
    let rowNodes = reader.required(root, "rows").flatMap { reader.sequence($0) } ?? []
    ignored = Self.readIgnored(root, &reader)
    unread = Self.readUnread(root, &reader)
    position = document.root.position
    guard let source, let (target, syntax) = target else { throw MappingErrors(reader.errors) }
    self.source = source
    self.target = target
    let flow = Self.flow(from: source.schema, to: target.schema)
    var rowReader = MappingRowReader(file: reader, syntax: syntax, flow: flow, limits: limits)
    rows = rowReader.rows(rowNodes)
    if rows.isEmpty, rowReader.file.errors.isEmpty {
      rowReader.file.refuse(
        .row, at: position, Sentence("the mapping has no rows", "bản ánh xạ không có dòng nào"),
        remedy: Sentence("write at least one", "hãy viết ít nhất một dòng"))
    }
    try rowReader.file.finish()
  }

  /// `policy: { unread: warn }`; without it what nobody reads is an error.
  private static func readUnread(_ root: YAMLMapping, _ reader: inout MappingFileReader) -> UnreadPolicy {
    guard let node = root["policy"], let policy = reader.mapping(node, known: ["unread"]) else { return .error }
    return reader.choice(policy, "unread", of: UnreadPolicy.self) ?? .error
  }

  private static func readSource(_ node: YAMLNode, _ reader: inout MappingFileReader) -> Source? {
    guard let mapping = reader.mapping(node, known: MappingKeys.source) else { return nil }
    return readSource(mapping, &reader)
  }

  /// Reads the keys that say what a document to be read is.
  static func readSource(_ mapping: YAMLMapping, _ reader: inout MappingFileReader) -> Source? {
    guard let schema = reader.requiredString(mapping, "schema"), let format = readFormat(mapping, &reader) else {
      return nil
    }
    let namespaces = readNamespaces(mapping, format, &reader)
    return Source(schema: schema, format: format, namespaces: namespaces, position: mapping.position)
  }

  private static func readTarget(_ node: YAMLNode, _ reader: inout MappingFileReader) -> (Target, TargetSyntax)? {
    guard let mapping = reader.mapping(node, known: MappingKeys.target) else {
      return nil
    }
    return readTarget(mapping, &reader)
  }

  /// Reads the keys that say what a document to be written is.
  static func readTarget(_ mapping: YAMLMapping, _ reader: inout MappingFileReader) -> (Target, TargetSyntax)? {
    guard let schema = reader.requiredString(mapping, "schema"), let format = readFormat(mapping, &reader) else {
      return nil
    }
    let namespaces = readNamespaces(mapping, format, &reader)
    let namespace = reader.string(mapping, "namespace")
    let syntax = TargetSyntax(format: format, namespace: namespace, namespaces: namespaces)
    guard let root = readRoot(mapping, syntax, &reader) else { return nil }
    return (Target(schema: schema, format: format, root: root, position: mapping.position), syntax)
  }

  /// The root of a JSON document is its object and bears the name `root` in expressions; naming it is allowed.
  private static func readRoot(
    _ mapping: YAMLMapping, _ syntax: TargetSyntax, _ reader: inout MappingFileReader,
  ) -> TargetName? {
    guard syntax.format == .xml else {
      if let node = mapping["root"], let text = reader.string(node), text != DocumentTree.rootName {
        reader.refuse(
          .target, at: node.position,
          Sentence("a JSON document has no named root", "tài liệu JSON không có gốc mang tên"),
          remedy: Sentence("drop the key ‘root’", "hãy bỏ khóa ‘root’"))
      }
      if let node = mapping["namespace"] {
        reader.refuse(
          .target, at: node.position, Sentence("JSON has no namespaces", "JSON không có không gian tên"),
          remedy: Sentence("drop the key ‘namespace’", "hãy bỏ khóa ‘namespace’"))
      }
      return TargetName(DocumentTree.rootName)
    }
    guard let node = reader.required(mapping, "root"), let text = reader.string(node) else { return nil }
    do throws(TargetSyntax.Refusal) {
      return try syntax.name(text)
    } catch {
      reader.refuse(.target, at: node.position, error.message, remedy: error.remedy)
      return nil
    }
  }

  private static func readFormat(_ mapping: YAMLMapping, _ reader: inout MappingFileReader) -> DocumentTree.Format? {
    guard reader.required(mapping, "format") != nil else { return nil }
    return reader.choice(mapping, "format", of: DocumentTree.Format.self)
  }

  private static func readNamespaces(
    _ mapping: YAMLMapping, _ format: DocumentTree.Format, _ reader: inout MappingFileReader,
  ) -> [String: String] {
    guard let node = mapping["namespaces"] else { return [:] }
    guard format == .xml else {
      reader.refuse(
        .target, at: node.position, Sentence("JSON has no namespaces", "JSON không có không gian tên"),
        remedy: Sentence("drop the key ‘namespaces’", "hãy bỏ khóa ‘namespaces’"))
      return [:]
    }
    guard let members = reader.attempt({ () throws(YAMLError) in try node.readMapping() })?.members else { return [:] }
    var namespaces: [String: String] = [:]
    for member in members {
      guard MemberName.isXMLName(member.key) else {
        reader.refuse(
          .file, at: member.keyPosition,
          Sentence("‘\(member.key)’ cannot be a prefix", "‘\(member.key)’ không thể là tiền tố"),
          remedy: Sentence("write ‘prefix: namespace’", "hãy viết ‘tiền tố: không gian tên’"))
        continue
      }
      namespaces[member.key] = reader.string(member.value)
    }
    return namespaces
  }

  /// Reads the paths under `ignore`; there need not be any.
  static func readIgnored(_ mapping: YAMLMapping, _ reader: inout MappingFileReader) -> [Ignored] {
    mapping["ignore"].flatMap { reader.sequence($0) }?.compactMap { readIgnored($0, &reader) } ?? []
  }

  private static func readIgnored(_ node: YAMLNode, _ reader: inout MappingFileReader) -> Ignored? {
    guard let mapping = reader.mapping(node, known: MappingKeys.ignored), let from = reader.required(mapping, "from"),
      let text = reader.string(from), let reason = reader.requiredString(mapping, "reason")
    else { return nil }
    if reason.isEmpty {
      reader.refuse(
        .row, at: node.position, Sentence("the reason is empty", "lý do để trống"),
        remedy: Sentence("say why this field may be lost", "hãy nói vì sao trường này được phép mất"))
    }
    return Ignored(from: Expression(text: text, position: from.position), reason: reason, position: node.position)
  }
}
