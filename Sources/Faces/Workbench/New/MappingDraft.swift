import DocumentKit

/// Proposes rows from one schema to another by their names, types and cardinalities.
///
/// A place of the target gets the place of the source that is most like it, each once. Parts that repeat are matched with
/// parts that repeat and become groups, in which the same is done.
struct MappingDraft {
  /// Names less alike than this are not proposed.
  static let likenessLeast = 0.6

  let source: SchemaTree
  let target: SchemaTree
  private let sourcePrefixes: [String: String]
  private let targetPrefixes: [String: String]

  init(source: SchemaTree, target: SchemaTree, sourcePrefixes: [String: String], targetPrefixes: [String: String]) {
    self.source = source
    self.target = target
    self.sourcePrefixes = sourcePrefixes
    self.targetPrefixes = targetPrefixes
  }

  func rows() -> [DraftRow] { rows(into: SchemaTree.root, from: SchemaTree.root) }

  // MARK: Matching

  private struct Pair {
    let target: Int
    let source: Int
    let score: Double
  }

  /// Rows that write everything inside one place of the target, with one place of the source as context.
  private func rows(into above: Int, from context: Int) -> [DraftRow] {
    let wanted = places(below: above, in: target)
    // Every place is compared with every other, so what its name speaks of is found out once.
    let offers = places(below: context, in: source).map { named($0, context, source) }
    var pairs: [Pair] = []
    for place in wanted.map({ named($0, above, target) }) {
      for candidate in offers {
        let score = likeness(place, candidate)
        if score >= Self.likenessLeast {
          pairs.append(Pair(target: place.place, source: candidate.place, score: score))
        }
      }
    }
    pairs.sort { ($0.score, $1.target, $1.source) > ($1.score, $0.target, $0.source) }
    var chosen: [Int: Pair] = [:]
    var around: Set<Int> = []
    var used: Set<Int> = []
    for pair in pairs where chosen[pair.target] == nil && used.isDisjoint(with: family(pair.source, in: source)) {
      let above = target.ancestors(of: pair.target)
      guard !around.contains(pair.target), !above.contains(where: { chosen[$0] != nil }) else { continue }
      chosen[pair.target] = pair
      around.formUnion(above)
      used.insert(pair.source)
    }
    return wanted.compactMap { chosen[$0].map { row($0, above, context) } }
  }

  /// The place with all above it; a part that is used as a whole is not used in pieces.
  private func family(_ place: Int, in tree: SchemaTree) -> Set<Int> {
    Set([place] + tree.ancestors(of: place) + (isGroup(place, tree) ? tree.subtree(of: place) : []))
      .subtracting([SchemaTree.document])
  }

  /// Leaves and groups below a place: what repeats is not entered, what does not is.
  private func places(below above: Int, in tree: SchemaTree) -> [Int] {
    tree.children(of: above).flatMap { child -> [Int] in
      guard tree[child].sameAs == nil else { return [] }
      let own = isGroup(child, tree) || tree[child].value != nil ? [child] : []
      return tree[child].step.repeats || tree[child].isList ? own : own + places(below: child, in: tree)
    }
  }

  private func isGroup(_ place: Int, _ tree: SchemaTree) -> Bool { !tree.children(of: place).isEmpty }

  /// A place with what its name says, from the place around it on.
  private struct NamedPlace {
    let place: Int
    let names: [String]
    let whole: NameConcepts
    let last: NameConcepts
    let isGroup: Bool
    let repeats: Bool
    let isAttribute: Bool
    let value: ValueRules?
  }

  private func named(_ place: Int, _ above: Int, _ tree: SchemaTree) -> NamedPlace {
    let names = names(place, above, tree)
    let node = tree[place]
    return NamedPlace(
      place: place, names: names, whole: NameConcepts(names), last: NameConcepts(names.suffix(1)),
      isGroup: isGroup(place, tree), repeats: repeats(node), isAttribute: node.isAttribute, value: node.value)
  }

  private func likeness(_ wanted: NamedPlace, _ offered: NamedPlace) -> Double {
    guard wanted.isGroup == offered.isGroup, wanted.repeats == offered.repeats else { return 0 }
    if wanted.names == offered.names, wanted.isAttribute == offered.isAttribute { return 1 }
    let last = wanted.last.likeness(to: offered.last)
    let isShort = wanted.names.count == 1 || offered.names.count == 1
    let name = min(0.99, max(wanted.whole.likeness(to: offered.whole), last * (isShort ? 0.9 : 0.7)))
    guard name > 0, let wantedValue = wanted.value, let offeredValue = offered.value else { return name }
    return name * (wantedValue.takesTypes(of: offeredValue) ? 1 : 0.9)
  }

  private func repeats(_ node: SchemaTree.Node) -> Bool { node.isList || node.step.repeats }

  private func names(_ place: Int, _ above: Int, _ tree: SchemaTree) -> [String] {
    let between = tree.ancestors(of: place).prefix { $0 != above }
    return (between.reversed() + [place]).map { MemberName.unescaped(tree[$0].name) }
  }

  // MARK: Rows

  private func row(_ pair: Pair, _ above: Int, _ context: Int) -> DraftRow {
    let to = path(pair.target, above, target, isTarget: true)
    let from = path(pair.source, context, source, isTarget: false)
    let isList = repeats(target[pair.target])
    guard isGroup(pair.target, target) else {
      var options = conversion(pair, above)
      if isList { options.insert("each: \(Self.quoted(from))", at: 0) }
      return DraftRow(to: to, from: isList ? "." : from, options: options, score: pair.score)
    }
    let isJSON = target.shape.format == .json
    // A JSON object that does not repeat is written under a condition; anything else is visited with `each`.
    let isObject = isJSON && !isList
    let usesWhen = isObject && !isRequired(pair.target, below: above)
    var inner = text(pair) + rows(into: pair.target, from: pair.source)
    if isObject { inner = inner.map { below(from, $0) } }
    return DraftRow(
      to: to, from: from, rows: inner, groupKey: isObject ? usesWhen ? "when" : "" : "each", score: pair.score)
  }

  /// The text of an element that also has attributes.
  private func text(_ pair: Pair) -> [DraftRow] {
    guard target[pair.target].value != nil, source[pair.source].value != nil, target.shape.format == .xml else {
      return []
    }
    return [DraftRow(to: ".", from: ".", options: conversion(pair, pair.target), score: pair.score)]
  }

  private func below(_ prefix: String, _ row: DraftRow) -> DraftRow {
    let isGroupWithEach = row.rows != nil && row.groupKey == "each"
    var options = row.options
    if row.from == ".", let each = options.first, each.hasPrefix("each: ") {
      options[0] = "each: " + Self.quoted(prefix + "/" + each.dropFirst("each: ".count).filter { $0 != "\"" })
      return DraftRow(to: row.to, from: ".", options: options, score: row.score)
    }
    return DraftRow(
      to: row.to, from: prefix + "/" + row.from, options: options,
      rows: isGroupWithEach || row.rows == nil ? row.rows : row.rows?.map { below(prefix, $0) },
      groupKey: row.groupKey, score: row.score)
  }

  private func path(_ place: Int, _ above: Int, _ tree: SchemaTree, isTarget: Bool) -> String {
    let prefixes = isTarget ? targetPrefixes : sourcePrefixes
    let steps = tree.ancestors(of: place).prefix { $0 != above }.reversed() + [place]
    return steps.map { step in
      let node = tree[step]
      let namespace = node.places.first.flatMap { tree.shape[$0].namespace }
      let prefix = namespace.flatMap { prefixes[$0] }.map { $0 + ":" } ?? ""
      // `to` has the names of JSON members, expressions those of the elements that stand for them.
      let name = isTarget && tree.shape.format == .json ? MemberName.unescaped(node.name) : node.name
      return (node.isAttribute ? "@" : "") + prefix + name
    }.joined(separator: "/")
  }

  /// What brings the text of the source into the form of the target, as far as the types tell.
  private func conversion(_ pair: Pair, _ above: Int) -> [String] {
    guard let wanted = target[pair.target].value, let offered = source[pair.source].value else { return [] }
    var options: [String] = []
    if let types = type(of: wanted) { options.append("type: \(types)") }
    if !wanted.takesTypes(of: offered), offered.isText {
      switch wanted.kind {
      case .integer: options.append("number: integer")
      case .decimal, .double: options.append("number: decimal")
      default: break
      }
    }
    if let boolean = boolean(wanted, offered) { options.append(boolean) }
    if wanted.isText, offered.isText, let most = wanted.maxLength, offered.maxLength ?? .max > most,
      wanted.enumeration == nil, !options.contains(where: { $0.hasPrefix("type") })
    {
      options.append("cut: \(most)")
    }
    if isRequired(pair.target, below: above), offered.mayBeEmpty || !source[pair.source].step.isRequired {
      options.append(wanted.clash(with: "") == nil && wanted.isText ? "empty: keep" : "required: true")
    }
    return options
  }

  /// Whether the place must be there whenever the place around is, through everything between them.
  private func isRequired(_ place: Int, below above: Int) -> Bool {
    ([place] + target.ancestors(of: place).prefix { $0 != above }).allSatisfy { node in
      node == above
        || target[node].parent.map { target.guarantees(oneOf: [node], in: $0, isFilled: $0 == above) } ?? false
    }
  }

  private func type(of wanted: ValueRules) -> String? {
    guard target.shape.format == .json, !wanted.jsonTypes.isEmpty, !wanted.jsonTypes.contains("string") else {
      return nil
    }
    return wanted.jsonTypes.contains("boolean") ? "boolean" : "number"
  }

  private func boolean(_ wanted: ValueRules, _ offered: ValueRules) -> String? {
    guard let words = offered.listedTexts, wanted.kind == .boolean || wanted.enumeration != nil else { return nil }
    let from = offered.kind == .boolean ? ["true", "false"] : Self.words(words)
    let to = wanted.kind == .boolean ? ["true", "false"] : Self.words(wanted.listedTexts ?? [])
    guard let from, let to, from != to || offered.kind == .boolean && type(of: wanted) != nil else { return nil }
    return "boolean: { in: { true: \"\(from[0])\", false: \"\(from[1])\" }, "
      + "out: { true: \"\(to[0])\", false: \"\(to[1])\" } }"
  }

  /// The words for yes and no, if that is what the two texts are.
  private static func words(_ texts: [String]) -> [String]? {
    [["True", "False"], ["true", "false"], ["1", "0"], ["Y", "N"]].first { Set($0) == Set(texts) }
  }

  static func quoted(_ text: String) -> String {
    text.allSatisfy { $0.isLetter || $0.isNumber || "/_-.".contains($0) } && text.first?.isLetter == true
      ? text : "\"\(text)\""
  }
}
