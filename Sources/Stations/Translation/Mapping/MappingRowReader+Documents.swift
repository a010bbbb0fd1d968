import DocumentKit

extension MappingRowReader {
  /// Reads `parse`: the document inside a string that the rows below read.
  mutating func nestedSource(_ node: YAMLNode) -> NestedSource? {
    guard let mapping = file.mapping(node, known: MappingKeys.parse) else { return nil }
    _ = file.required(mapping, "from")
    let from = expression(mapping, "from")
    let source = MappingDefinition.readSource(mapping, &file)
    let isBase64 = file.boolean(mapping, "base64") ?? false
    let ignored = MappingDefinition.readIgnored(mapping, &file)
    guard let from, let source else { return nil }
    return NestedSource(from: from, source: source, isBase64: isBase64, ignored: ignored)
  }

  /// Reads `write`: the document that the rows below write, and how its places are written.
  mutating func nestedTarget(_ node: YAMLNode) -> (NestedTarget, TargetSyntax)? {
    guard let mapping = file.mapping(node, known: MappingKeys.write) else { return nil }
    let target = MappingDefinition.readTarget(mapping, &file)
    let isBase64 = file.boolean(mapping, "base64") ?? false
    let hasDeclaration = file.boolean(mapping, "declaration") ?? false
    guard let (target, syntax) = target else { return nil }
    if target.format == .json, let member = mapping.member("declaration") {
      file.refuse(
        .target, at: member.keyPosition,
        Sentence("a JSON document has no declaration", "tài liệu JSON không có phần khai báo"),
        remedy: Sentence("drop the key ‘declaration’", "hãy bỏ khóa ‘declaration’"))
    }
    return (NestedTarget(target: target, isBase64: isBase64, hasDeclaration: hasDeclaration), syntax)
  }
}
