/// One mapping, sequence or scalar of a YAML document with the place where it stands.
package struct YAMLNode: Sendable {
  package enum Content: Sendable {
    case mapping(YAMLMapping)
    case sequence([YAMLNode])
    case scalar(YAMLScalar)
  }

  package enum Kind: String, Sendable {
    case mapping
    case sequence
    case scalar
  }

  package let content: Content
  package let position: YAMLPosition

  init(_ content: Content, at position: YAMLPosition) {
    self.content = content
    self.position = position
  }

  package var kind: Kind {
    switch content {
    case .mapping: .mapping
    case .sequence: .sequence
    case .scalar: .scalar
    }
  }

  package var mapping: YAMLMapping? {
    guard case .mapping(let mapping) = content else { return nil }
    return mapping
  }

  package var sequence: [YAMLNode]? {
    guard case .sequence(let elements) = content else { return nil }
    return elements
  }

  package var scalar: YAMLScalar? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar
  }

  /// Whether the node is an unquoted nothing, `~` or `null`.
  package var isNull: Bool { scalar?.isNull ?? false }

  /// The value of a key; nil when the key is absent or this is no mapping.
  package subscript(key: String) -> YAMLNode? { mapping?[key] }

  package var line: Int { position.line }
  package var column: Int { position.column }

  /// An error at this node's place.
  package func error(_ code: YAMLError.Code, _ message: Sentence, remedy: Sentence = .none) -> YAMLError {
    YAMLError(code, at: position, message, remedy: remedy)
  }
}
