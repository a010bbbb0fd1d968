/// Builds the tree from events with a stack of its own (no recursion) and refuses what a `YAMLDocument` must not have.
struct YAMLTreeBuilder {
  /// A mapping or sequence still open. It is changed in place, never copied: a code table has thousands of members.
  private struct Frame {
    let isMapping: Bool
    let position: YAMLPosition
    var elements: [YAMLNode] = []
    var members: [YAMLMapping.Member] = []
    /// The line of each key so far.
    var lines: [String: Int] = [:]
    /// The key whose value comes next.
    var key: (text: String, position: YAMLPosition)?

    var awaitsKey: Bool { isMapping && key == nil }
  }

  private let file: String
  private let limits: YAMLLimits
  private var frames: [Frame] = []
  private var nodes = 0
  private var documents = 0
  private(set) var root: YAMLNode?

  init(file: String, limits: YAMLLimits) {
    self.file = file
    self.limits = limits
  }

  /// Takes one event; says whether there are more to come.
  mutating func take(_ event: YAMLEvent) throws(YAMLError) -> Bool {
    switch event.kind {
    case .streamStart, .documentEnd: break
    case .streamEnd: return false
    case .documentStart(let hasDirectives): try begin(event, hasDirectives: hasDirectives)
    case .alias:
      throw YAMLError(
        .aliasRefused, at: event.position, "aliases (*name) are refused: a reader must see the value where it stands",
        remedy: "write the value here")
    case .scalar(let text, let style): try add(scalar: text, style: style, event)
    case .sequenceStart:
      try open(event, coreTag: "seq")
      frames.append(Frame(isMapping: false, position: event.position))
    case .mappingStart:
      try open(event, coreTag: "map")
      frames.append(Frame(isMapping: true, position: event.position))
    case .sequenceEnd, .mappingEnd: close()
    }
    return true
  }

  private mutating func begin(_ event: YAMLEvent, hasDirectives: Bool) throws(YAMLError) {
    documents += 1
    guard documents == 1 else {
      throw YAMLError(
        .severalDocuments, at: event.position, "a second document begins here", remedy: "write one file for each")
    }
    guard !hasDirectives else {
      throw YAMLError(.directiveRefused, at: event.position, "directives (%…) are refused", remedy: "remove the line")
    }
  }

  private mutating func open(_ event: YAMLEvent, coreTag: String) throws(YAMLError) {
    try count(event)
    if frames.last?.awaitsKey == true {
      throw YAMLError(
        .keyNotScalar, at: event.position, "a key must be a single text", remedy: "write ‘key: value’")
    }
    if let tag = event.tag, tag != Self.coreTagPrefix + coreTag { throw Self.refusedTag(event) }
    guard frames.count < limits.depth else {
      throw YAMLError(
        .tooDeep, at: event.position, "mappings and sequences are nested more than \(limits.depth) deep",
        remedy: "flatten the file")
    }
  }

  private mutating func add(scalar text: String, style: YAMLScalar.Style, _ event: YAMLEvent) throws(YAMLError) {
    try count(event)
    guard text.utf8.count <= limits.scalarBytes else {
      throw YAMLError(
        .scalarTooLong, at: event.position, "this value has more than \(limits.scalarBytes) bytes",
        remedy: "keep it in a file of its own")
    }
    let isTyped = try Self.isTyped(style, event)
    if frames.last?.awaitsKey == true {
      try take(key: text, style: style, at: event.position)
    } else {
      place(YAMLNode(.scalar(YAMLScalar(text: text, style: style, isTyped: isTyped)), at: event.position))
    }
  }

  private mutating func take(key: String, style: YAMLScalar.Style, at position: YAMLPosition) throws(YAMLError) {
    guard key != "<<" || style != .plain else {
      throw YAMLError(.mergeKeyRefused, at: position, "merge keys (<<) are refused", remedy: "write the members here")
    }
    let top = frames.count - 1
    if let line = frames[top].lines.updateValue(position.line, forKey: key) {
      throw YAMLError(
        .duplicateKey, at: position, "the key ‘\(key)’ is already set in line \(line)", remedy: "keep one of the two")
    }
    frames[top].key = (key, position)
  }

  private mutating func close() {
    let frame = frames.removeLast()
    if frame.isMapping {
      let mapping = YAMLMapping(members: frame.members, position: frame.position)
      place(YAMLNode(.mapping(mapping), at: frame.position))
    } else {
      place(YAMLNode(.sequence(frame.elements), at: frame.position))
    }
  }

  private mutating func place(_ node: YAMLNode) {
    guard !frames.isEmpty else {
      root = node
      return
    }
    let top = frames.count - 1
    guard frames[top].isMapping else {
      frames[top].elements.append(node)
      return
    }
    guard let key = frames[top].key else { preconditionFailure("libyaml gave a value without a key") }
    frames[top].members.append(YAMLMapping.Member(key: key.text, keyPosition: key.position, value: node))
    frames[top].key = nil
  }

  /// Every node passes here once.
  private mutating func count(_ event: YAMLEvent) throws(YAMLError) {
    nodes += 1
    guard nodes <= limits.nodes else {
      throw YAMLError(
        .tooManyNodes, at: event.position, "the file has more than \(limits.nodes) nodes",
        remedy: "split it into several files")
    }
    guard !event.hasAnchor else {
      throw YAMLError(
        .anchorRefused, at: event.position, "anchors (&name) are refused: a reader must see the value where it stands",
        remedy: "remove the anchor and write the value where it is used")
    }
  }

  private static let coreTagPrefix = "tag:yaml.org,2002:"

  /// A plain scalar may be a number, a boolean or null; `!!str` and `!` say it is text, `!!int` and such that it is not.
  private static func isTyped(_ style: YAMLScalar.Style, _ event: YAMLEvent) throws(YAMLError) -> Bool {
    guard let tag = event.tag else { return style == .plain }
    switch tag {
    case "!", coreTagPrefix + "str": return false
    case coreTagPrefix + "int", coreTagPrefix + "float", coreTagPrefix + "bool", coreTagPrefix + "null": return true
    default: throw refusedTag(event)
    }
  }

  private static func refusedTag(_ event: YAMLEvent) -> YAMLError {
    YAMLError(
      .tagRefused, at: event.position, "this tag is refused: only the core schema's tags are known",
      remedy: "remove the tag")
  }
}
