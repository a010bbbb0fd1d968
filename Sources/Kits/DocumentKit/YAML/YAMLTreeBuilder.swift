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
        .aliasRefused, at: event.position,
        Sentence(
          "aliases (*name) are refused: a reader must see the value where it stands",
          "không nhận bí danh (*tên): người đọc phải thấy giá trị ngay tại chỗ"),
        remedy: Sentence("write the value here", "hãy viết giá trị ở đây"))
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
        .severalDocuments, at: event.position,
        Sentence("a second document begins here", "tài liệu thứ hai bắt đầu ở đây"),
        remedy: Sentence("write one file for each", "hãy viết mỗi tài liệu một tệp"))
    }
    guard !hasDirectives else {
      throw YAMLError(
        .directiveRefused, at: event.position, Sentence("directives (%…) are refused", "không nhận chỉ thị (%…)"),
        remedy: Sentence("remove the line", "hãy bỏ dòng này"))
    }
  }

  private mutating func open(_ event: YAMLEvent, coreTag: String) throws(YAMLError) {
    try count(event)
    if frames.last?.awaitsKey == true {
      throw YAMLError(
        .keyNotScalar, at: event.position, Sentence("a key must be a single text", "khóa phải là một chuỗi đơn"),
        remedy: Sentence("write ‘key: value’", "hãy viết ‘khóa: giá trị’"))
    }
    if let tag = event.tag, tag != Self.coreTagPrefix + coreTag { throw Self.refusedTag(event) }
    guard frames.count < limits.depth else {
      throw YAMLError(
        .tooDeep, at: event.position,
        Sentence(
          "mappings and sequences are nested more than \(limits.depth) deep",
          "nội dung lồng nhau quá \(limits.depth) cấp"),
        remedy: Sentence("flatten the file", "hãy giảm số cấp lồng nhau"))
    }
  }

  private mutating func add(scalar text: String, style: YAMLScalar.Style, _ event: YAMLEvent) throws(YAMLError) {
    try count(event)
    guard text.utf8.count <= limits.scalarBytes else {
      throw YAMLError(
        .scalarTooLong, at: event.position,
        Sentence(
          "this value has more than \(limits.scalarBytes) bytes", "giá trị này dài hơn \(limits.scalarBytes) byte"),
        remedy: Sentence("keep it in a file of its own", "hãy để giá trị trong một tệp riêng"))
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
      throw YAMLError(
        .mergeKeyRefused, at: position, Sentence("merge keys (<<) are refused", "không nhận khóa gộp (<<)"),
        remedy: Sentence("write the members here", "hãy viết các trường ở đây"))
    }
    let top = frames.count - 1
    if let line = frames[top].lines.updateValue(position.line, forKey: key) {
      throw YAMLError(
        .duplicateKey, at: position,
        Sentence("the key ‘\(key)’ is already set in line \(line)", "khóa ‘\(key)’ đã có ở dòng \(line)"),
        remedy: Sentence("keep one of the two", "hãy giữ một trong hai"))
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
        .tooManyNodes, at: event.position,
        Sentence("the file has more than \(limits.nodes) nodes", "tệp có hơn \(limits.nodes) nút"),
        remedy: Sentence("split it into several files", "hãy chia thành nhiều tệp"))
    }
    guard !event.hasAnchor else {
      throw YAMLError(
        .anchorRefused, at: event.position,
        Sentence(
          "anchors (&name) are refused: a reader must see the value where it stands",
          "không nhận neo (&tên): người đọc phải thấy giá trị ngay tại chỗ"),
        remedy: Sentence(
          "remove the anchor and write the value where it is used", "hãy bỏ neo và viết giá trị ở nơi dùng"))
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
      .tagRefused, at: event.position,
      Sentence(
        "this tag is refused: only the core schema's tags are known",
        "không nhận thẻ này: chỉ có các thẻ của lược đồ lõi"),
      remedy: Sentence("remove the tag", "hãy bỏ thẻ"))
  }
}
