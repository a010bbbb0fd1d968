/// One event of libyaml, copied out of C at once.
struct YAMLEvent {
  enum Kind {
    case streamStart
    case streamEnd
    case documentStart(hasDirectives: Bool)
    case documentEnd
    case alias
    case scalar(text: String, style: YAMLScalar.Style)
    case sequenceStart
    case sequenceEnd
    case mappingStart
    case mappingEnd
  }

  let kind: Kind
  let position: YAMLPosition
  /// Whether the node carries `&name`.
  let hasAnchor: Bool
  /// The node's tag, resolved (`tag:yaml.org,2002:str`), if it carries one.
  let tag: String?
}
